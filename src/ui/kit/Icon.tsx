import type { ReactNode } from 'react'

/** The mark of the application: two towers and a bridge. Decorative. */
export function Logo({ size = 26 }: { readonly size?: number | undefined }): ReactNode {
  return (
    <svg width={size} height={(size * 22) / 26} viewBox="0 0 26 22" fill="none" strokeLinecap="round" aria-hidden>
      <path d="M3 20V6h4v14M19 20V6h4v14M3 3v3M7 3v3M19 3v3M23 3v3" stroke="currentColor" strokeWidth={2} />
      <path d="M8 19.5 18.6 12" stroke="var(--ok)" strokeWidth={2.6} />
      <path d="M18.6 7.5V12" stroke="currentColor" strokeWidth={1.3} />
    </svg>
  )
}
