namespace Modular.Sdk;

/// <summary>The handler changes something outside the database: never batched, no transaction during the call, at least once, with <see cref="Envelope.Id"/> as idempotency key.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ExternalAttribute : Attribute;
