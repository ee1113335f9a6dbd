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
import { databaseAndBackup } from './everyday/databaseAndBackup.ts'
import { devAndProd } from './everyday/devAndProd.ts'
import { dnsFirst } from './everyday/dnsFirst.ts'
import { egressOfOneApp } from './everyday/egressOfOneApp.ts'
import { externalClients } from './everyday/externalClients.ts'
import { externalEgress } from './everyday/externalEgress.ts'
import { fromAllNamespaces } from './everyday/fromAllNamespaces.ts'
import { fromOneNamespace } from './everyday/fromOneNamespace.ts'
import { ingressController } from './everyday/ingressController.ts'
import { metricsFromMonitoring } from './everyday/metricsFromMonitoring.ts'
import { onePort } from './everyday/onePort.ts'
import { onlyFromOneApp } from './everyday/onlyFromOneApp.ts'
import { rollOut } from './everyday/rollOut.ts'
import { serviceIngressPolicy } from './everyday/serviceIngressPolicy.ts'
import { severalSelectors } from './everyday/severalSelectors.ts'
import { somePodsOfANamespace } from './everyday/somePodsOfANamespace.ts'
import { whatADenialLooksLike } from './everyday/whatADenialLooksLike.ts'
import { andOrRepair } from './exam/andOrRepair.ts'
import { baselineFloor } from './exam/baselineFloor.ts'
import { bugHuntEgress } from './exam/bugHuntEgress.ts'
import { bugHuntIngress } from './exam/bugHuntIngress.ts'
import { egressWithDns } from './exam/egressWithDns.ts'
import { leastPermissive } from './exam/leastPermissive.ts'
import { multiNamespace } from './exam/multiNamespace.ts'
import { onePortForOneNamespace } from './exam/onePortForOneNamespace.ts'
import { passToOwners } from './exam/passToOwners.ts'
import { quarantine } from './exam/quarantine.ts'
import { threeTiers } from './exam/threeTiers.ts'
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
  onlyFromOneApp,
  fromOneNamespace,
  fromAllNamespaces,
  somePodsOfANamespace,
  onePort,
  severalSelectors,
  externalClients,
  dnsFirst,
  egressOfOneApp,
  externalEgress,
  metricsFromMonitoring,
  databaseAndBackup,
  ingressController,
  serviceIngressPolicy,
  whatADenialLooksLike,
  rollOut,
  devAndProd,
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
  onePortForOneNamespace,
  multiNamespace,
  egressWithDns,
  andOrRepair,
  bugHuntIngress,
  bugHuntEgress,
  leastPermissive,
  threeTiers,
  quarantine,
  passToOwners,
  baselineFloor,
]
