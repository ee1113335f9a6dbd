import type { Picture } from '#core/model/picture.ts'
import type { AnalysisState } from './app.ts'

/** The picture that canvas and table show: as it was, while the user compares. */
export function shownPicture({ before, picture }: AnalysisState): Picture | undefined {
  return before ?? picture
}

/** The reach of the selected card; of what was before nobody has asked. */
export function shownReach({ before, reach }: AnalysisState): AnalysisState['reach'] {
  return before ? NONE : reach
}

const NONE: AnalysisState['reach'] = []
