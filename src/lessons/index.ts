import type { Lesson } from '#core/model/lesson.ts'
import { allowAll } from './basics/allowAll.ts'
import { bothHalves } from './basics/bothHalves.ts'
import { denyAllEgress } from './basics/denyAllEgress.ts'
import { denyAllIngress } from './basics/denyAllIngress.ts'
import { openByDefault } from './basics/openByDefault.ts'
import { ownNamespaceOnly } from './basics/ownNamespaceOnly.ts'
import { podsAndLabels } from './basics/podsAndLabels.ts'
import { repliesAreFree } from './basics/repliesAreFree.ts'
import { rulesAddUp } from './basics/rulesAddUp.ts'
import { selectedMeansClosed } from './basics/selectedMeansClosed.ts'

/** All lessons, in the order in which they are taught. A new one: a file, and a line here. */
export const LESSONS: readonly Lesson[] = [
  podsAndLabels,
  openByDefault,
  selectedMeansClosed,
  denyAllIngress,
  denyAllEgress,
  allowAll,
  rulesAddUp,
  bothHalves,
  repliesAreFree,
  ownNamespaceOnly,
]
