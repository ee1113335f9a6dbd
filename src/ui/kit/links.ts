/** The address of the app with a workspace in it; `page` is where the app is open now. */
export function addressOf(page: string, fragment: string): string {
  return bare(page) + fragment
}

/** HTML that shows the workspace in an article. */
export function embedCode(page: string, fragment: string, name: string): string {
  const title = name.replaceAll('&', '&amp;').replaceAll('"', '&quot;')
  const look = 'width="100%" height="480" loading="lazy" style="border: 1px solid #8886; border-radius: 8px"'
  return `<iframe src="${bare(page)}?embed${fragment}" title="${title}" ${look}></iframe>`
}

/** Is the app open from a disk? */
export function isLocalFile(page: string): boolean {
  return page.startsWith('file:')
}

/** `2.4 kB`, `30 kB`: thousands of characters, to two digits. */
export function kilobytes(characters: number): string {
  const thousands = characters / 1000
  return `${thousands < 10 ? Math.ceil(thousands * 10) / 10 : Math.ceil(thousands)} kB`
}

function bare(page: string): string {
  return page.replace(/[?#].*$/s, '')
}
