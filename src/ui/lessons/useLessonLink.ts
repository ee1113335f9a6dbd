import { LINK_LIMIT } from '#state/share/shared.ts'
import { useActions } from '#ui/kit/AppContext.tsx'
import { copyText } from '#ui/kit/clipboard.ts'
import { addressOf, kilobytes } from '#ui/kit/links.ts'

/** Puts the link of a lesson or a course on the clipboard, and says so; one that is too long stays a file. */
export function useLessonLink(): (name: string, text: string) => Promise<void> {
  const actions = useActions()
  return async (name, text) => {
    const { fragment, size } = await actions.lessonLink(name, text)
    if (fragment === undefined) {
      const lengths = `${kilobytes(size)}, of ${kilobytes(LINK_LIMIT)} that mail and chat programs take`
      return actions.notify('warning', `This is too long for a link (${lengths}): download it and hand out the file.`)
    }
    const done = await copyText(addressOf(location.href, fragment))
    if (done) actions.notify('info', 'Copied the link: whoever opens it gets the lesson.')
    else actions.notify('error', 'The browser does not let the page copy: download it and hand out the file.')
  }
}
