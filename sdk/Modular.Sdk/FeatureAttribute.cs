namespace Modular.Sdk;

/// <summary>
/// A part of a module that a practice may do without. On a <c>bool</c> of the settings record it declares the feature; on a slice, a panel,
/// marks or a widget it is the condition: switched off, the pages answer 404 and the rest is not shown.
/// </summary>
/// <param name="id"><c>module.name</c>.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Class | AttributeTargets.Method)]
public sealed class FeatureAttribute(string id) : Attribute
{
    public string Id { get; } = id;
}
