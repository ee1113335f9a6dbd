import { monaco } from './monaco.ts'

/** The Monaco theme that follows the page's colour tokens. */
export const THEME = 'drawbridge'

/** Reads the page's tokens into the Monaco theme; call again when the page turns light or dark. */
export function applyTheme(): void {
  const probe = document.body.appendChild(document.createElement('span'))
  const token = tokenReader(probe)
  monaco.editor.defineTheme(THEME, {
    base: isDark(token('--bg')) ? 'vs-dark' : 'vs',
    inherit: true,
    rules: [
      { token: '', foreground: hex(token('--ink')) },
      { token: 'type.yaml', foreground: hex(token('--code-key')) },
      { token: 'string.yaml', foreground: hex(token('--code-string')) },
      { token: 'number.yaml', foreground: hex(token('--code-number')) },
      { token: 'keyword.yaml', foreground: hex(token('--code-number')) },
      { token: 'comment.yaml', foreground: hex(token('--ink3')) },
      { token: 'operators.yaml', foreground: hex(token('--ink2')) },
      { token: 'meta.directive.yaml', foreground: hex(token('--ink3')) },
    ],
    colors: {
      'editor.background': token('--code'),
      'editor.foreground': token('--ink'),
      'editorGutter.background': token('--code'),
      'editorLineNumber.foreground': token('--ink3'),
      'editorLineNumber.dimmedForeground': token('--ink3'),
      'editorLineNumber.activeForeground': token('--ink'),
      'editor.lineHighlightBackground': `${token('--line2')}80`,
      'editor.lineHighlightBorder': '#00000000',
      'editor.selectionBackground': token('--acc-bg'),
      'editor.inactiveSelectionBackground': token('--line2'),
      'editorCursor.foreground': token('--acc'),
      'editorWidget.background': token('--panel'),
      'editorWidget.border': token('--line'),
      'editorSuggestWidget.background': token('--panel'),
      'editorSuggestWidget.border': token('--line'),
      'editorSuggestWidget.foreground': token('--ink'),
      'editorSuggestWidget.selectedBackground': token('--acc-bg'),
      'editorSuggestWidget.selectedForeground': token('--ink'),
      'editorSuggestWidget.highlightForeground': token('--acc'),
      'editorSuggestWidget.focusHighlightForeground': token('--acc'),
      'editorHoverWidget.background': token('--panel'),
      'editorHoverWidget.border': token('--line'),
      'input.background': token('--bg'),
      'input.border': token('--line'),
      focusBorder: token('--acc'),
      'menu.background': token('--panel'),
      'menu.foreground': token('--ink'),
      'menu.selectionBackground': token('--acc-bg'),
      'menu.selectionForeground': token('--ink'),
      'menu.border': token('--line'),
      'editorIndentGuide.background1': token('--line2'),
      'editorIndentGuide.activeBackground1': token('--line'),
      'editorError.foreground': token('--no'),
      'editorWarning.foreground': token('--part'),
      'editorInfo.foreground': token('--acc'),
      'scrollbar.shadow': '#00000000',
    },
  })
  probe.remove()
  monaco.editor.setTheme(THEME)
}

/** Calls back when the page's theme changes, by attribute or by the system. Returns how to stop. */
export function watchTheme(changed: () => void): () => void {
  const observer = new MutationObserver(changed)
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme', 'class'] })
  const dark = window.matchMedia('(prefers-color-scheme: dark)')
  dark.addEventListener('change', changed)
  return () => {
    observer.disconnect()
    dark.removeEventListener('change', changed)
  }
}

// The tokens are written as `light-dark(…)`: only the browser can say what they are now.
function tokenReader(probe: HTMLElement): (name: string) => string {
  return (name) => {
    probe.style.color = `var(${name})`
    return hexOf(getComputedStyle(probe).color)
  }
}

function hexOf(colour: string): string {
  const parts = [...colour.matchAll(/[\d.]+/g)].slice(0, 3).map(([part]) => Math.round(Number(part)))
  if (parts.length < 3) return '#808080'
  return `#${parts.map((part) => part.toString(16).padStart(2, '0')).join('')}`
}

function hex(colour: string): string {
  return colour.slice(1)
}

function isDark(colour: string): boolean {
  const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16))
  return (red ?? 255) * 0.3 + (green ?? 255) * 0.6 + (blue ?? 255) * 0.1 < 128
}
