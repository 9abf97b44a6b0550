using System.Globalization;

namespace Modular.Billing.X12;

/// <summary>Reads a guide's table; Tables/837p.txt says what its lines mean.</summary>
internal static class GuideText
{
    private sealed record Line(int Depth, string Text);

    public static Guide Read(string key)
    {
        var lines = SegmentTable.Text(key).Select(line => new Line(line.TakeWhile(c => c == ' ').Count() / 2, line.Trim())).ToList();
        var head = lines[0].Text.Split(' ', 4);
        var defined = lines.FindIndex(line => line.Text.StartsWith("define ", StringComparison.Ordinal));
        var shared = defined < 0 ? null : lines[defined..];
        var body = defined < 0 ? lines[1..] : lines[1..defined];
        return new(key, head[0], head[1], head[2], head[3], Ordered(new LoopUse(head[0], true, 1, head[3], false, Children(body, 0, shared, null))));
    }

    /// <param name="suffix">The letter that loops of a shared part get where they stand: 2200D is 2200E under the dependent.</param>
    private static List<Position> Children(List<Line> lines, int depth, List<Line>? shared, char? suffix)
    {
        var children = new List<Position>();
        for (var i = 0; i < lines.Count; i++)
        {
            if (lines[i].Depth != depth)
            {
                continue;
            }

            var inner = lines.Skip(i + 1).TakeWhile(line => line.Depth > depth).ToList();
            children.Add(lines[i].Text[0] != '+' ? Segment(lines[i].Text)
                : lines[i].Text.Contains(' ', StringComparison.Ordinal) ? Loop(lines[i].Text[1..], inner, depth + 1, shared, suffix)
                : Shared(lines[i].Text, shared!));
        }

        return children;
    }

    private static LoopUse Shared(string text, List<Line> shared)
    {
        var suffix = text.Contains('=', StringComparison.Ordinal) ? text[^1] : (char?)null;
        return Loop(shared[0].Text["define ".Length..], shared[1..], 1, null, suffix);
    }

    private static LoopUse Loop(string text, List<Line> inner, int depth, List<Line>? shared, char? suffix)
    {
        var words = text.Split(' ', 4);
        var unit = words[3].StartsWith("unit ", StringComparison.Ordinal);
        var id = suffix is { } letter ? words[0][..^1] + letter : words[0];
        return Ordered(new LoopUse(id, words[1] == "R", Most(words[2]), unit ? words[3][5..] : words[3], unit, Children(inner, depth, shared,
            suffix)));
    }

    private static SegmentUse Segment(string text)
    {
        var parts = text.Split(" | ");
        var words = parts[0].Split(' ', 4);
        return new(words[0], words[1] == "R", Most(words[2]), words[3], [.. parts[1].Split(' ').Select(Element)]);
    }

    private static int Most(string word) => word == "*" ? int.MaxValue : int.Parse(word, CultureInfo.InvariantCulture);

    /// <summary>"5.1R!=AA,EM@pos": where, required, telling, codes, list.</summary>
    private static ElementUse Element(string word)
    {
        var place = new string([.. word.TakeWhile(c => char.IsAsciiDigit(c) || c == '.')]).Split('.');
        var codes = word.IndexOf('=', StringComparison.Ordinal);
        var list = word.IndexOf('@', StringComparison.Ordinal);
        var flags = word[..(codes >= 0 ? codes : list >= 0 ? list : word.Length)];
        return new(int.Parse(place[0], CultureInfo.InvariantCulture), place.Length > 1 ? int.Parse(place[1], CultureInfo.InvariantCulture) : 0,
            flags.Contains('R', StringComparison.Ordinal), flags.Contains('!', StringComparison.Ordinal),
            codes < 0 ? [] : word[(codes + 1)..].Split(','), list < 0 ? null : word[(list + 1)..]);
    }

    private static LoopUse Ordered(LoopUse loop)
    {
        for (var i = 0; i < loop.Children.Count; i++)
        {
            var (child, before) = (loop.Children[i], i > 0 ? loop.Children[i - 1] : null);
            child.Index = i;
            child.Turn = before is null ? 0 : before.Turn + (before.First.Id == child.First.Id && before is LoopUse == child is LoopUse ? 0 : 1);
        }

        return loop;
    }
}
