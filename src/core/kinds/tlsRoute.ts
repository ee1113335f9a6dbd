import { gatewayRoute } from './gatewayRoute.ts'

/** TLSRoutes of the Gateway API. */
export const tlsRoute = gatewayRoute('TLSRoute')
