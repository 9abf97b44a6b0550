using AngleSharp.Dom;

namespace Modular.Host.Printing;

/// <summary>The words of a piece of a page, each as bold, small or pale as it stands there.</summary>
public static class PdfWords
{
    /// <summary>What is for the screen or for a screen reader alone.</summary>
    public static bool Hidden(IElement e) =>
        e.LocalName is "svg" or "script" or "caption" or "button" || e.HasAttribute("hidden") || e.ClassList.Contains("no-print") || e.ClassList.Contains("vh");

    /// <summary>All that a print would set.</summary>
    public static IEnumerable<string> Seen(INode node) => node switch
    {
        IElement e when Hidden(e) => [],
        IText text => [text.Data.Normalize()],
        _ => node.ChildNodes.SelectMany(Seen),
    };

    public static IReadOnlyList<PdfWord> Of(IEnumerable<INode> nodes, double size, bool bold = false)
    {
        var words = new List<PdfWord>();
        var (space, line) = (false, false);
        void Take(INode node, double size, bool bold, bool muted, bool lines)
        {
            switch (node)
            {
                case IElement { LocalName: "br" }:
                    line = words.Count > 0;
                    break;
                case IElement e when Hidden(e):
                    break;
                case IElement e:
                    foreach (var child in e.ChildNodes)
                    {
                        Take(child, e.LocalName == "small" ? size * 0.85 : size, bold || e.LocalName is "b" or "strong" or "th" || e.ClassList.Contains("strong"), muted || e.ClassList.Contains("muted"),
                            lines || e.ClassList.Contains("wording"));
                    }

                    break;
                case IText text:
                    // A letter and its accent as one: fonts have that drawn.
                    foreach (var (part, i) in text.Data.Normalize().Replace("\n", lines ? " \n " : " ", StringComparison.Ordinal).Split([' ', '\r', '\t']).Select((part, i) => (part, i)))
                    {
                        space |= i > 0;
                        if (part == "\n")
                        {
                            line = words.Count > 0;
                        }
                        else if (part.Length > 0)
                        {
                            words.Add(new(part, size, bold, muted, Joined: !space, line));
                            (space, line) = (false, false);
                        }
                    }

                    break;
            }
        }

        foreach (var node in nodes)
        {
            Take(node, size, bold, node is IElement e && e.ClassList.Contains("muted"), lines: false);
        }

        return words;
    }
}
