namespace Modular.Sdk;

/// <summary>A list as it is printed; the host's view sets it.</summary>
/// <param name="Filters">What narrows it; empty when nothing does.</param>
/// <param name="Back">The page of the list.</param>
/// <param name="Total">Rows of the list; those printed may be fewer.</param>
public sealed record ListPrint(
    string Caption, string Filters, string Back, string Zone, IReadOnlyList<string> Headings, IReadOnlyList<IReadOnlyList<string>> Rows, int Total);
