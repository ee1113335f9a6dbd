/** Puts a text on the clipboard; false where the browser refuses. Works without a secure context, too. */
export async function copyText(text: string): Promise<boolean> {
  try {
    // Absent on plain http (a class room): the old way works there.
    if (navigator.clipboard) {
      await navigator.clipboard.writeText(text)
      return true
    }
  } catch {
    // Refused by the user or by a policy: the old way may still be open.
  }
  return copyTheOldWay(text)
}

function copyTheOldWay(text: string): boolean {
  const area = document.createElement('textarea')
  const before = document.activeElement
  area.value = text
  area.setAttribute('readonly', '')
  area.style.position = 'fixed'
  area.style.opacity = '0'
  document.body.append(area)
  area.select()
  const done = document.execCommand?.('copy') ?? false
  area.remove()
  if (before instanceof HTMLElement) before.focus()
  return done
}
