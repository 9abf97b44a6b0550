namespace Modular.Sdk;

/// <summary>
/// The permission an endpoint needs. Every endpoint carries this or <see cref="OpenToAttribute"/>; one without stops the host from starting.
/// </summary>
/// <param name="permission"><c>module.noun.verb</c>, declared in <see cref="ModuleBuilder.Permission"/>.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class NeedsAttribute(string permission) : Attribute
{
    public string Permission { get; } = permission;
}

/// <summary>An endpoint that needs no permission, and why that is right.</summary>
/// <param name="audience">Who may call it.</param>
/// <param name="reason">Why it needs no permission; shown in the endpoint report.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class OpenToAttribute(Audience audience, string reason) : Attribute
{
    public Audience Audience { get; } = audience;
    public string Reason { get; } = reason;
}

public enum Audience
{
    /// <summary>Everybody, signed in or not.</summary>
    Anyone,

    /// <summary>Everybody who is signed in.</summary>
    SignedIn,
}

/// <summary>The person has to confirm who they are (within the last 10 minutes) before this endpoint runs: export, merge, roles.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class StepUpAttribute : Attribute;

/// <summary>
/// What a list takes as a file or on paper, beyond what it takes as a page: somebody who has just confirmed who they are, with this
/// permission. A list that shows patients must carry it.
/// </summary>
/// <param name="permission">The permission of the export; null when that of the page is enough.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ExportAttribute(string? permission = null) : Attribute
{
    public string? Permission { get; } = permission;

    /// <summary>Whether this person sees a way to the file.</summary>
    public bool IsOpenTo(Actor actor) => Permission is null || actor.Can(Permission);
}

/// <summary>
/// The page shows stored files in itself, such as a PDF beside its form: the browser may embed addresses of this practice there, and nowhere else.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class ShowsFilesAttribute : Attribute;

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

/// <summary>Marks an endpoint that may run while the module is off for the practice; only the host's own pages use it.</summary>
public interface IModuleMetadata
{
    string ModuleId { get; }
}

/// <summary>A call that pages make by themselves, such as the live stream: it is no sign of a person at the desk and never extends the idle clock.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class BackgroundAttribute : Attribute;
