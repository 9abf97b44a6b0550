namespace Modular.Sdk;

/// <summary>A kind of document that people of the practice have to read and sign: policies, procedures, safety sheets.</summary>
/// <param name="Id"><c>module.noun</c>; never renamed.</param>
/// <param name="Title">What one is called: <c>Policy of the practice</c>.</param>
/// <param name="Permission">
/// Who publishes documents of the kind and sees who signed them, at the pages of the host, together with
/// <c>core.acknowledgements.manage</c>.
/// </param>
/// <example><code>module.Document(new("compliance.procedure", "Procedure", CompliancePermissions.Write))</code></example>
public sealed record DocumentKind(string Id, string Title, string Permission);

/// <summary>
/// Who has to read a document: everybody who signs in, or people of some roles, at any location or at some; and people by their ids. Whoever
/// comes to be among them later is asked by itself.
/// </summary>
/// <param name="Everybody">Whatever their role.</param>
/// <param name="Roles">Role presets (<see cref="Sdk.Roles"/>), and ids of the practice's own roles.</param>
/// <param name="Locations">Of everybody or of those roles, whoever works at one of them; none leaves them all.</param>
/// <param name="People">Ids of people who sign in, wherever they work.</param>
public sealed record DocumentReaders(
    bool Everybody, IReadOnlyList<string>? Roles = null, IReadOnlyList<Guid>? Locations = null, IReadOnlyList<Guid>? People = null);

/// <summary>A document as a module publishes it.</summary>
/// <param name="Key">What it is for the module, such as the id of its row; 1 to 200 letters.</param>
/// <param name="Name">1 to 120 letters.</param>
/// <param name="Text">The whole text, with line breaks; up to 200,000 letters.</param>
/// <param name="Days">From the day on which a person is asked to the last day for it, 1 to 365.</param>
public sealed record PublishedDocument(string Key, string Name, string Text, DocumentReaders Readers, int Days)
{
    /// <summary>What was changed, 3 to 300 letters.</summary>
    public string? Change { get; init; }

    /// <summary>A small correction: nobody who signed the version before signs again. It takes <see cref="Change"/> as its reason.</summary>
    public bool Small { get; init; }
}
