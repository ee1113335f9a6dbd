import type { StoreApi } from 'zustand/vanilla'
import type { LessonFile } from '#core/model/lesson.ts'
import type { FileChange } from '#core/model/text.ts'
import type { Analysis } from '../analysis.ts'
import type { Clock } from '../clock.ts'
import type { Documents } from '../documents.ts'
import type { Notices } from '../notices.ts'
import type { Preferences } from '../preferences.ts'
import type { Stores } from '../stores.ts'
import type { Workspaces } from '../workspaces.ts'
import { changesTo } from './changesTo.ts'
import { changesOf } from '../documents.ts'
import { checkFiles } from './draft.ts'
import type { ProgressStore } from './progress.ts'
import type { Attempt, TeachingState } from './teaching.ts'

/** What lessons work with. */
export interface TeachingContext {
  readonly stores: Stores
  readonly documents: Documents
  readonly analysis: Analysis
  readonly notices: Notices
  readonly workspaces: Workspaces
  readonly preferences: Preferences
  readonly clock: Clock
  readonly kept: ProgressStore
  readonly newId: () => string
  /** Done once a workspace is open. */
  readonly ready: () => Promise<void>
}

/** The same, with the store. */
export interface Room extends TeachingContext {
  readonly store: StoreApi<TeachingState>
}

/** Changes the open lesson's attempt, and sees to it that it is saved. */
export function patchAttempt({ store, workspaces }: Room, change: Partial<Attempt>): void {
  const { open } = store.getState()
  if (!open) return
  store.setState({ open: { ...open, attempt: { ...open.attempt, ...change } } })
  workspaces.touched()
}

/** Keeps what is kept beside the workspaces; says once where the browser refuses. */
export function keep({ store, kept, notices }: Room): void {
  if (!kept.write(store.getState()))
    notices.say(
      'warning',
      'The browser could not keep your progress with the lessons: its storage is full or forbidden.',
    )
}

/** What would make the texts these files; checks stay. */
export function changesFor({ stores }: Room, files: readonly LessonFile[]): readonly FileChange[] {
  return changesTo(files, stores.documents.getState().files, checkFiles(stores.analysis.getState().picture))
}

/** Makes the texts these files, as one undo step; checks stay. */
export function putFiles(room: Room, files: readonly LessonFile[], label: string): void {
  const { stores, documents, notices } = room
  if (!stores.documents.getState().writable)
    return notices.say('warning', 'Another tab has this workspace open for writing: take it over to change it here.')
  documents.commit(changesOf(changesFor(room, files), documents.content()), label, { reveal: true })
}
