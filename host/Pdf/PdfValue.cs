namespace Modular.Host.Pdf;

/// <summary>A value of a PDF, kept as it was written: what is copied from page to page stays unchanged to the byte.</summary>
public abstract record PdfValue;

/// <param name="Text">A number, a string with its brackets, true, false or null.</param>
public sealed record PdfRaw(string Text) : PdfValue
{
    public static PdfRaw Null { get; } = new("null");
}

/// <param name="Name">Without its slash; a letter that was written as a number is that letter.</param>
public sealed record PdfName(string Name) : PdfValue;

/// <summary>Points at another object. Generations only tell old objects from new ones; the later in the file is meant.</summary>
public sealed record PdfReference(int Number) : PdfValue;

public sealed record PdfArray(IReadOnlyList<PdfValue> Items) : PdfValue;

public sealed record PdfDictionary(IReadOnlyDictionary<string, PdfValue> Entries) : PdfValue
{
    public PdfValue? this[string key] => Entries.GetValueOrDefault(key);

    public bool Is(string type) => this["Type"] is PdfName { Name: var name } && name == type;
}

public sealed record PdfStream(PdfDictionary Head, ReadOnlyMemory<byte> Body) : PdfValue;

/// <summary>The file is not what a PDF has to be.</summary>
public sealed class PdfBrokenException(string message) : Exception(message);
