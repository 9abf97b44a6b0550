namespace Modular.Host.Letters;

/// <param name="Change">1 when the line is new, -1 when it is gone, 0 when both texts have it.</param>
public readonly record struct TextLine(int Change, string Text);

/// <summary>How one text became another, line by line.</summary>
public static class TextDifference
{
    /// <summary>Pairs of lines that are compared: beyond it all lines in the middle count as changed.</summary>
    private const int MostPairs = 4_000_000;

    /// <returns>All lines of both texts in order; what is taken out stands before what is put in its place.</returns>
    public static IReadOnlyList<TextLine> Of(string before, string after)
    {
        var (old, young) = (before.ReplaceLineEndings("\n").Split('\n'), after.ReplaceLineEndings("\n").Split('\n'));
        var most = Math.Min(old.Length, young.Length);
        var head = 0;
        while (head < most && old[head] == young[head])
        {
            head++;
        }

        var tail = 0;
        while (tail < most - head && old[^(tail + 1)] == young[^(tail + 1)])
        {
            tail++;
        }

        return
        [
            .. old.Take(head).Select(l => new TextLine(0, l)),
            .. Middle(old.AsSpan(head, old.Length - head - tail), young.AsSpan(head, young.Length - head - tail)),
            .. old.Skip(old.Length - tail).Select(l => new TextLine(0, l)),
        ];
    }

    private static List<TextLine> Middle(ReadOnlySpan<string> old, ReadOnlySpan<string> young)
    {
        var lines = new List<TextLine>();
        var (i, j) = (0, 0);
        if ((long)old.Length * young.Length <= MostPairs)
        {
            var same = Longest(old, young);
            while (i < old.Length && j < young.Length)
            {
                if (old[i] == young[j])
                {
                    lines.Add(new(0, old[i++]));
                    j++;
                }
                else
                {
                    lines.Add(same[i + 1, j] >= same[i, j + 1] ? new(-1, old[i++]) : new(1, young[j++]));
                }
            }
        }

        foreach (var line in old[i..])
        {
            lines.Add(new(-1, line));
        }

        foreach (var line in young[j..])
        {
            lines.Add(new(1, line));
        }

        return lines;
    }

    /// <summary>How many lines both have in common, in order, from these two places on.</summary>
    private static int[,] Longest(ReadOnlySpan<string> old, ReadOnlySpan<string> young)
    {
        var same = new int[old.Length + 1, young.Length + 1];
        for (var i = old.Length - 1; i >= 0; i--)
        {
            for (var j = young.Length - 1; j >= 0; j--)
            {
                same[i, j] = old[i] == young[j] ? same[i + 1, j + 1] + 1 : Math.Max(same[i + 1, j], same[i, j + 1]);
            }
        }

        return same;
    }
}
