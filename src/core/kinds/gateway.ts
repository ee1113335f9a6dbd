import { exposing } from './exposing.ts'
import { GATEWAY_GROUP } from './gatewayRoute.ts'

/** Gateways: recognised, but what they lead to stands in their routes. */
export const gateway = exposing({
  groups: [GATEWAY_GROUP],
  kind: 'Gateway',
  example: `
apiVersion: ${GATEWAY_GROUP}/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec: { gatewayClassName: example, listeners: [{ name: http, port: 80, protocol: HTTP }] }
`,
  places: [],
  backend: () => undefined,
})
