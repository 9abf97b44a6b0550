namespace Modular.Sdk;

/// <summary>
/// Keeps a property out of the change log's values (the change itself is logged): a secret, a file's text.
/// On a class: no entry at all, because the row repeats what its owner logged, such as a projection fed by messages.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Class)]
public sealed class NotLoggedAttribute : Attribute;
