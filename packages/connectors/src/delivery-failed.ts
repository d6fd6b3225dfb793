/** Tells a failing delivery, which ends the source, from a failing platform, which does not. */
export class DeliveryFailed extends Error {
  constructor(cause: unknown) {
    super('delivery failed', { cause: cause instanceof DeliveryFailed ? cause.cause : cause })
  }
}
