/** See node.mjs. */
export function isNodeSupported(version: string): boolean
