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
import { andOrDash } from './traps/andOrDash.ts'
import { dnsForgotten } from './traps/dnsForgotten.ts'
import { emptyShapes } from './traps/emptyShapes.ts'
import { exceptIsNoDeny } from './traps/exceptIsNoDeny.ts'
import { extraDash } from './traps/extraDash.ts'
import { hostNetwork } from './traps/hostNetwork.ts'
import { labelsOfTheDeployment } from './traps/labelsOfTheDeployment.ts'
import { namedPort } from './traps/namedPort.ts'
import { namespaceLabel } from './traps/namespaceLabel.ts'
import { neverEnforced } from './traps/neverEnforced.ts'
import { onIsNotAText } from './traps/onIsNotAText.ts'
import { otherHalf } from './traps/otherHalf.ts'
import { policyTypesDefault } from './traps/policyTypesDefault.ts'
import { servicePort } from './traps/servicePort.ts'

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
  andOrDash,
  extraDash,
  emptyShapes,
  policyTypesDefault,
  servicePort,
  namedPort,
  namespaceLabel,
  labelsOfTheDeployment,
  onIsNotAText,
  dnsForgotten,
  otherHalf,
  exceptIsNoDeny,
  hostNetwork,
  neverEnforced,
]
