namespace Modular.Sdk;

/// <summary>
/// What a list takes as a file or on paper, beyond what it takes as a page: somebody who has just confirmed who they are, with this
/// permission. A list that shows patients must carry it.
/// </summary>
/// <param name="permission">The permission of the export; null when that of the page is enough.</param>
/// <example><code>[HttpGet("/patients"), Needs("patients.patient.read"), Export("patients.patient.export")]</code></example>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ExportAttribute(string? permission = null) : Attribute
{
    public string? Permission { get; } = permission;

    /// <summary>Whether this person sees a way to the file.</summary>
    public bool IsOpenTo(Actor actor) => Permission is null || actor.Can(Permission);
}
