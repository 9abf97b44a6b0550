namespace Modular.Sdk;

/// <summary>
/// The permission an endpoint needs. Every endpoint carries this or <see cref="OpenToAttribute"/> or
/// <see cref="PublicPageAttribute"/>; one without stops the host from starting.
/// </summary>
/// <param name="permission"><c>module.noun.verb</c>, declared in <see cref="ModuleBuilder.Permission"/>.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class NeedsAttribute(string permission) : Attribute
{
    public string Permission { get; } = permission;
}
