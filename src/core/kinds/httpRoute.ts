import { gatewayRoute } from './gatewayRoute.ts'

/** HTTPRoutes of the Gateway API. */
export const httpRoute = gatewayRoute('HTTPRoute')
