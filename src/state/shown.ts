import type { Picture } from '#core/model/picture.ts'
import type { AnalysisState } from './app.ts'

/** The picture that canvas and table show: as it was, while the user compares; without connections, while they are sealed. */
export function shownPicture({ before, picture, sealed }: AnalysisState): Picture | undefined {
  const shown = before ?? picture
  return sealed === true && shown ? veiled(shown) : shown
}

const veils = new WeakMap<Picture, Picture>()

// The same one for the same picture: whoever selects it is not drawn anew for nothing.
function veiled(picture: Picture): Picture {
  const known = veils.get(picture) ?? { ...picture, edges: [] }
  veils.set(picture, known)
  return known
}

/** The reach of the selected card; of what was before nobody has asked. */
export function shownReach({ before, reach, sealed }: AnalysisState): AnalysisState['reach'] {
  return before || sealed === true ? NONE : reach
}

const NONE: AnalysisState['reach'] = []
