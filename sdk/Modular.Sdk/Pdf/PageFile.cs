namespace Modular.Sdk;

/// <param name="Number">Of the file, from 1.</param>
/// <param name="Turn">Degrees clockwise, beside what the file itself says: 0, 90, 180 or 270.</param>
public sealed record TurnedPage(int Number, int Turn);

/// <summary>A file of pages that was read; see <see cref="IPdf.Read"/>.</summary>
/// <example><inheritdoc cref="IPdf" path="/example/node()"/></example>
public abstract class PageFile
{
    /// <summary>A chart of a lifetime comes on paper or as a disc; a fax of more pages is a mistake or an attack.</summary>
    public const int MostPages = 500;

    /// <summary>How many; a picture is one.</summary>
    public abstract int Pages { get; }

    /// <summary>The media type that its content says.</summary>
    public abstract string Type { get; }

    /// <summary>True when the page is wider than high, as the file has it.</summary>
    public abstract bool Wide(int number);

    /// <summary>Unpacks what only tells its damage then; before a file is kept, not at every look at it.</summary>
    /// <exception cref="FileRefusedException">With a sentence for the person.</exception>
    public abstract void Prove();

    /// <summary>One page for a preview. Always written anew from a PDF, so that nothing in the file runs by itself beside a form.</summary>
    /// <exception cref="FileRefusedException">The page cannot be unpacked after all.</exception>
    public abstract (byte[] Bytes, string Type) Show(TurnedPage page);

    /// <summary>
    /// A document of these pages: the very file when nothing was changed and nothing in it runs, otherwise a PDF; of a TIFF always, because
    /// browsers do not show it. A picture that was turned becomes a page of a PDF too: a turn noted in a picture is shown by some viewers
    /// only, and packing it anew loses some of it.
    /// </summary>
    /// <param name="pages">At least one, in the order they are to have.</param>
    /// <exception cref="FileRefusedException">A page cannot be unpacked after all.</exception>
    public abstract (byte[] Bytes, string Type) Make(IReadOnlyList<TurnedPage> pages);

    /// <summary>The whole document.</summary>
    /// <inheritdoc cref="Make(IReadOnlyList{TurnedPage})"/>
    public (byte[] Bytes, string Type) Make() => Make([.. Enumerable.Range(1, Pages).Select(number => new TurnedPage(number, 0))]);
}
