import { gatewayRoute } from './gatewayRoute.ts'

/** TCPRoutes of the Gateway API. */
export const tcpRoute = gatewayRoute('TCPRoute')
