import { useEffect, useState } from 'react'
import type { ChosenProfile, ComparedProfile } from '#core/model/profile.ts'
import type { Actions } from '#state/app.ts'

/** A comparison as far as it has come. */
export interface Comparison {
  readonly columns: readonly ComparedProfile[]
  readonly running: boolean
  /** Stops it; what is there stays. */
  readonly stop: () => void
}

/** Asks about one CNI after the other, so that each shows as soon as it is known; ends with who asks, or when told. */
export function useComparison(actions: Actions, profiles: readonly ChosenProfile[]): Comparison {
  const [columns, setColumns] = useState<readonly ComparedProfile[]>([])
  const [running, setRunning] = useState(true)
  useEffect(() => {
    if (!running) return
    let isWanted = true
    const run = async (): Promise<void> => {
      for (const profile of profiles) {
        const column = await actions.compareProfile(profile)
        if (!isWanted) return
        if (column) setColumns((before) => [...before.filter((one) => one.profile.id !== profile.id), column])
      }
      setRunning(false)
    }
    void run()
    return () => {
      isWanted = false
    }
  }, [actions, profiles, running])
  return { columns, running, stop: () => setRunning(false) }
}
