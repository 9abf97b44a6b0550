namespace Modular.Billing.X12;

/// <summary>What is written as one element: a text, a composite of several, or several that repeat. The writer puts the separators between.</summary>
public readonly record struct ElementText
{
    private readonly string? simple;

    private ElementText(string? simple, string[]? parts, bool repeats) => (this.simple, Parts, Repeats) = (simple, parts, repeats);

    internal string Simple => simple ?? "";

    internal string[]? Parts { get; }

    internal bool Repeats { get; }

    internal bool IsEmpty => Parts is { } parts ? Array.TrueForAll(parts, part => part.Length == 0) : Simple.Length == 0;

    /// <summary>An element of several parts; what is empty at its end is left out.</summary>
    public static ElementText Composite(params string[] parts) => new(null, parts, false);

    /// <summary>An element that stands several times.</summary>
    public static ElementText Repeated(params string[] parts) => new(null, parts, true);

    public static ElementText FromString(string? text) => new(text, null, false);

    public static implicit operator ElementText(string? text) => FromString(text);
}
