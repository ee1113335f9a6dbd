import { adminNetworkPolicy } from './adminNetworkPolicy.ts'
import { antreaClusterNetworkPolicy } from './antreaClusterNetworkPolicy.ts'
import { antreaNetworkPolicy } from './antreaNetworkPolicy.ts'
import { awsClusterNetworkPolicy } from './awsClusterNetworkPolicy.ts'
import { baselineAdminNetworkPolicy } from './baselineAdminNetworkPolicy.ts'
import { calicoGlobalNetworkPolicy } from './calicoGlobalNetworkPolicy.ts'
import { calicoNetworkPolicy } from './calicoNetworkPolicy.ts'
import { ciliumClusterwideNetworkPolicy } from './ciliumClusterwideNetworkPolicy.ts'
import { ciliumNetworkPolicy } from './ciliumNetworkPolicy.ts'
import { clusterNetworkPolicy } from './clusterNetworkPolicy.ts'
import { connectivityChecks } from './connectivityChecks.ts'
import { cronJob } from './cronJob.ts'
import { daemonSet } from './daemonSet.ts'
import { deployment } from './deployment.ts'
import { drawbridgeSettings } from './drawbridgeSettings.ts'
import { gateway } from './gateway.ts'
import { grpcRoute } from './grpcRoute.ts'
import { httpRoute } from './httpRoute.ts'
import { ingress } from './ingress.ts'
import { job } from './job.ts'
import type { Kind } from './kind.ts'
import { namespace } from './namespace.ts'
import { networkPolicy } from './networkPolicy.ts'
import { node } from './node.ts'
import { pod } from './pod.ts'
import { replicaSet } from './replicaSet.ts'
import { replicationController } from './replicationController.ts'
import { route } from './route.ts'
import { service } from './service.ts'
import { statefulSet } from './statefulSet.ts'
import { tcpRoute } from './tcpRoute.ts'
import { tlsRoute } from './tlsRoute.ts'

/** Every kind that is read. A new one: a file, and a line here. */
export const KINDS: readonly Kind[] = [
  namespace,
  pod,
  deployment,
  replicaSet,
  statefulSet,
  daemonSet,
  job,
  cronJob,
  replicationController,
  service,
  ingress,
  route,
  gateway,
  httpRoute,
  grpcRoute,
  tcpRoute,
  tlsRoute,
  node,
  networkPolicy,
  adminNetworkPolicy,
  baselineAdminNetworkPolicy,
  clusterNetworkPolicy,
  awsClusterNetworkPolicy,
  ciliumNetworkPolicy,
  ciliumClusterwideNetworkPolicy,
  calicoNetworkPolicy,
  calicoGlobalNetworkPolicy,
  antreaNetworkPolicy,
  antreaClusterNetworkPolicy,
  connectivityChecks,
  drawbridgeSettings,
]
