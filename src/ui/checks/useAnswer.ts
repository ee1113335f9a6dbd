import { useEffect, useState } from 'react'

/** What an asked promise brings; undefined while it is on its way. `ask` must stay the same function as long as the question does. */
export function useAnswer<A>(ask: () => Promise<A>): { readonly answer?: A } {
  const [state, setState] = useState<{ readonly ask: () => Promise<A>; readonly answer: A }>()
  useEffect(() => {
    let current = true
    const run = async (): Promise<void> => {
      const answer = await ask()
      if (current) setState({ ask, answer })
    }
    void run()
    return () => {
      current = false
    }
  }, [ask])
  return state?.ask === ask ? { answer: state.answer } : {}
}
