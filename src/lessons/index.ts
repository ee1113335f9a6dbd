import type { Lesson } from '#core/model/lesson.ts'
import { podsAndLabels } from './basics/podsAndLabels.ts'

/** All lessons, in the order in which they are taught. A new one: a file, and a line here. */
export const LESSONS: readonly Lesson[] = [podsAndLabels]
