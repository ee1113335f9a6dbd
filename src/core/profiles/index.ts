import type { ChosenProfile } from '#core/model/profile.ts'
import { antrea } from './antrea.ts'
import { awsVpcCni } from './awsVpcCni.ts'
import { azureNpmLinux, azureNpmWindows } from './azureNpm.ts'
import { calico } from './calico.ts'
import { cilium } from './cilium.ts'
import { flannel } from './flannel.ts'
import { gkeDataplaneV2 } from './gkeDataplaneV2.ts'
import { kindnet } from './kindnet.ts'
import { kubeRouter } from './kubeRouter.ts'
import { ovnKubernetes } from './ovnKubernetes.ts'
import type { Profile } from './profile.ts'
import { reference } from './reference.ts'
import { weaveNet } from './weaveNet.ts'

/** Every CNI that is known, in the order in which they are offered. A new one: a file, and a line here. */
export const PROFILES: readonly Profile[] = [
  reference,
  calico,
  cilium,
  weaveNet,
  flannel,
  kubeRouter,
  antrea,
  ovnKubernetes,
  awsVpcCni,
  azureNpmLinux,
  azureNpmWindows,
  gkeDataplaneV2,
  kindnet,
]

/** The profile of this id; undefined for one that is not known. */
export function profileOf(id: ChosenProfile['id']): Profile | undefined {
  return PROFILES.find((profile) => profile.id === id)
}
