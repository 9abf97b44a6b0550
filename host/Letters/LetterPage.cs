using Modular.Sdk;

namespace Modular.Host.Letters;

/// <summary>A page about the text of one letter in one language.</summary>
public abstract class LetterPage(LetterBook book, IPractice practice) : Slice
{
    protected LetterBook Book => book;

    /// <summary>Null when no module that is on here writes it in this language.</summary>
    protected LetterDeclaration? Find(string kind, string language)
    {
        var (module, letter) = book.All.FirstOrDefault(x => x.Letter.Kind.Id == kind);
        return letter is not null && letter.Kind.Languages.Contains(language) && practice.IsOn(module.Id) ? letter : null;
    }
}

/// <summary>What the editor posts.</summary>
public sealed class LetterForm
{
    /// <summary>As typed; an empty one gets its sentence from the check.</summary>
    public string? Text { get; set; }

    /// <summary>The number of the text that was on the screen while this one was typed.</summary>
    public int After { get; set; }

    /// <summary>To look at the text with; null for the examples of the fields.</summary>
    public Guid? Record { get; set; }
}
