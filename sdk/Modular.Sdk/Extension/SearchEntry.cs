namespace Modular.Sdk;

/// <summary>One findable thing in the search box.</summary>
/// <param name="Title">First line.</param>
/// <param name="Detail">Second line.</param>
/// <param name="Link">Where it leads.</param>
/// <param name="Permission">Who may find it.</param>
/// <param name="Keywords">Words found but not shown: numbers, former names, dates.</param>
public sealed record SearchEntry(
    string Title,
    string Detail,
    string Link,
    string Permission,
    string Keywords = "",
    Guid? LocationId = null,
    Guid? PatientId = null)
{
    /// <summary>Numbers that stand on its labels as bars or squares. Found when typed, too; scanned, they open the one that has them.</summary>
    public IReadOnlyList<string> Codes { get; init; } = [];
}
