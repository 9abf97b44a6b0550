namespace Modular.Sdk;

/// <summary>Messages of one key are handled one after the other in the order they were published; a dead letter parks its key.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class SequentialAttribute : Attribute;
