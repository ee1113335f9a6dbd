import type { LessonDraft } from '#state/lessons/teaching.ts'

/** What every part of the dialog gets: the draft, and how to change it. */
export interface AuthorPartProps {
  readonly draft: LessonDraft
  readonly edit: (change: Partial<LessonDraft>) => void
}

/** A number as a field gives it, in its bounds; the lower one for what is none. */
export function within(value: number, least: number, most: number): number {
  return Number.isFinite(value) ? Math.max(least, Math.min(Math.round(value), most)) : least
}
