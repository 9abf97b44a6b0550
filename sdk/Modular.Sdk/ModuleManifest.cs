using System.Text.Json.Serialization;

namespace Modular.Sdk;

/// <summary>
/// <c>module.json</c>: what the host reads and judges before it loads any of the module's code.
/// </summary>
/// <param name="Id">Lower-case letters, digits and hyphens, 2 to 40 characters, a letter first. Also the database schema (hyphen becomes underscore), the address prefix and the permission prefix.</param>
/// <param name="Name">What the office reads.</param>
/// <param name="Version">Semantic version of the module.</param>
/// <param name="Sdk">Accepted SDK range: a lowest version, inclusive, and a next major, exclusive; <c>"0.9"</c> means 0.9 up to but not including 1.0.</param>
/// <param name="Assembly">File name of the main assembly in the module's folder.</param>
/// <param name="DependsOn">Ids of modules that must be enabled too. Needed rarely: messages alone are no dependency.</param>
/// <param name="Messages">File name of the assembly of messages that others may handle; null when it publishes none.</param>
/// <param name="Description">One sentence for the modules page.</param>
/// <param name="Framework">What it was compiled for, such as <c>net10.0</c>. Its build writes this, the SDK and the assembly.</param>
public sealed record ModuleManifest(
    string Id,
    string Name,
    string Version,
    string Sdk,
    string Assembly,
    string[]? DependsOn = null,
    string? Messages = null,
    string? Description = null,
    string? Framework = null)
{
    /// <summary>The module's schema in every practice database.</summary>
    [JsonIgnore]
    public string Schema => Id.Replace('-', '_');
}
