import type { Teaching, TeachingState } from '#state/lessons/teaching.ts'
import { useApp, useStore } from '#ui/kit/AppContext.tsx'

/** A part of what is known about lessons. */
export function useLessons<T>(select: (state: TeachingState) => T): T {
  return useStore(useApp().teaching.store, select)
}

/** Everything that can be done about lessons. */
export function useTeaching(): Teaching {
  return useApp().teaching
}
