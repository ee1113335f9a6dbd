import { gatewayRoute } from './gatewayRoute.ts'

/** GRPCRoutes of the Gateway API. */
export const grpcRoute = gatewayRoute('GRPCRoute')
