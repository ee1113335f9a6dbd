import { useEffect } from 'react'
import { useApp, useStore } from '#ui/kit/AppContext.tsx'

/** Puts the chosen theme on the page; `system` leaves it to the browser. */
export function useTheme(): void {
  const app = useApp()
  const theme = useStore(app.view, (state) => state.theme)
  useEffect(() => {
    if (theme === 'system') document.documentElement.removeAttribute('data-theme')
    else document.documentElement.setAttribute('data-theme', theme)
  }, [theme])
}
