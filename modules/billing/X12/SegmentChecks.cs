using System.Globalization;

namespace Modular.Billing.X12;

/// <summary>A segment by itself: its elements' types, lengths and codes, what the guide requires of it, its notes of syntax.</summary>
internal sealed class SegmentChecks(Action<Problem> report)
{
    // Asked once of the segment, not of each of its elements: most have neither.
    private bool hasRepeats;
    private bool hasComponents;

    /// <param name="use">What the guide says of the segment at its place; null where it has none.</param>
    public void Check(Segment segment, SegmentUse? use, string loop)
    {
        if (!SegmentTable.ById.TryGetValue(segment.Id, out var type))
        {
            return;
        }

        var rest = segment.Content[segment.Id.Length..];
        hasRepeats = segment.Delimiters.Repetition != 0 && rest.Contains(segment.Delimiters.Repetition);
        hasComponents = rest.Contains(segment.Delimiters.Component);
        var element = 0;
        var there = 0u;
        while (!rest.IsEmpty)
        {
            rest = rest[1..];
            var end = rest.IndexOf(segment.Delimiters.Element);
            var value = end < 0 ? rest : rest[..end];
            rest = end < 0 ? default : rest[end..];
            element++;
            if (element > type.Places.Length)
            {
                Tell(segment, loop, ProblemLevel.Syntax, "too-many-elements",
                    $"{segment.Id} has more elements than the {type.Places.Length} it may have", element);
                return;
            }

            there |= value.IsEmpty ? 0 : 1u << element;
            CheckElement(segment, type.Places[element - 1], use, value, element, loop);
            if (rest.IsEmpty && value.IsEmpty)
            {
                Tell(segment, loop, ProblemLevel.Syntax, "trailing-separator", $"{segment.Id} ends with an empty element", element,
                    severity: Severity.Warning);
            }
        }

        for (element++; use is not null && element <= use.LastRequired; element++)
        {
            CheckMissing(segment, use, use.ByElement[element], loop);
        }

        foreach (var note in type.Rules)
        {
            CheckNote(segment, note, there, loop);
        }

        foreach (var period in type.Periods)
        {
            CheckPeriod(segment, period, loop);
        }
    }

    private void CheckElement(Segment segment, ElementPlace place, SegmentUse? use, ReadOnlySpan<byte> value, int element, string loop)
    {
        var expected = use is null || element >= use.ByElement.Length ? null : use.ByElement[element];
        if (value.IsEmpty)
        {
            CheckMissing(segment, use, expected, loop);
            return;
        }

        if (use is not null && expected is null)
        {
            Tell(segment, loop, ProblemLevel.Structure, "element-not-used", $"{Name(segment, element)} is not used in {use.Name}", element);
        }

        var repetition = segment.Delimiters.Repetition;
        if (!hasRepeats || !value.Contains(repetition))
        {
            CheckOne(segment, place, use, expected, value, element, loop);
            return;
        }

        if (!place.Repeats)
        {
            Tell(segment, loop, ProblemLevel.Syntax, "repeats", $"{Name(segment, element)} may not repeat", element);
            return;
        }

        foreach (var part in value.Split(repetition))
        {
            CheckOne(segment, place, use, expected, value[part], element, loop);
        }
    }

    private void CheckOne(Segment segment, ElementPlace place, SegmentUse? use, ElementUse? expected, ReadOnlySpan<byte> value, int element,
        string loop)
    {
        var separator = segment.Delimiters.Component;
        if (place.Components is { } components)
        {
            CheckComponents(segment, components, use, value, element, loop);
        }
        else if (hasComponents && value.Contains(separator))
        {
            Tell(segment, loop, ProblemLevel.Syntax, "components", $"{Name(segment, element)} has components, which this element may not have",
                element);
        }
        else
        {
            CheckValue(segment, place.Simple, expected, value, element, 0, loop);
        }
    }

    private void CheckComponents(Segment segment, IReadOnlyList<ElementType?> components, SegmentUse? use, ReadOnlySpan<byte> value, int element,
        string loop)
    {
        var expected = use is null || element >= use.Components.Length ? null : use.Components[element];
        var component = 0;
        foreach (var part in value.Split(segment.Delimiters.Component))
        {
            component++;
            var bytes = value[part];
            if (component > components.Count)
            {
                if (components.Count > 0)
                {
                    Tell(segment, loop, ProblemLevel.Syntax, "too-many-components",
                        $"{Name(segment, element)} has more than the {components.Count} components it may have", element);
                }

                return;
            }

            var wanted = Of(expected, component);
            if (!bytes.IsEmpty)
            {
                CheckValue(segment, components[component - 1], wanted, bytes, element, component, loop);
            }
            else if (wanted is { Required: true })
            {
                Tell(segment, loop, ProblemLevel.Structure, "component-required", $"{Name(segment, element, component)} is required and empty",
                    element, component);
            }
        }

        for (component++; expected is not null && component <= components.Count; component++)
        {
            if (Of(expected, component) is { Required: true })
            {
                Tell(segment, loop, ProblemLevel.Structure, "component-required", $"{Name(segment, element, component)} is required and missing",
                    element, component);
            }
        }
    }

    private static ElementUse? Of(ElementUse[]? uses, int component)
    {
        foreach (var use in uses ?? [])
        {
            if (use.Component == component)
            {
                return use;
            }
        }

        return null;
    }

    private void CheckValue(Segment segment, ElementType? type, ElementUse? expected, ReadOnlySpan<byte> value, int element, int component,
        string loop)
    {
        if (type is not null && ElementChecks.Judge(type, value) is { } wrong)
        {
            Tell(segment, loop, ProblemLevel.Syntax, wrong.Code, $"{Name(segment, element, component)} {wrong.Words}", element, component);
        }
        else if (expected is { HasCodes: true } && !expected.Has(value))
        {
            Tell(segment, loop, ProblemLevel.Codes, "code",
                $"{Name(segment, element, component)} is \"{Segment.Text(value)}\", which is none of its codes ({Some(expected.Codes)})",
                element, component);
        }
        else if (expected?.Listed is { } list && !list.Contains(Codes.Pack(value)) && !(expected.List == "state" && IsAbroad(segment)))
        {
            Tell(segment, loop, ProblemLevel.Codes, "code-unknown",
                $"{Name(segment, element, component)} is \"{Segment.Text(value)}\", which is not on the list of codes known here",
                element, component, Severity.Warning);
        }
    }

    private static bool IsAbroad(Segment segment) => segment.Id != "N4" || segment[4] is not ("" or "US" or "CA");

    private void CheckMissing(Segment segment, SegmentUse? use, ElementUse? expected, string loop)
    {
        if (use is not null && expected is { Required: true })
        {
            Tell(segment, loop, ProblemLevel.Structure, "element-required",
                $"{Name(segment, expected.Element)} is required in {use.Name} and empty", expected.Element);
        }
    }

    private void CheckNote(Segment segment, SyntaxNote note, uint all, string loop)
    {
        var there = all & note.Bits;
        var first = (there & note.First) != 0;
        var words = note.Kind switch
        {
            'P' when there != 0 && there != note.Bits => $"{Names(segment, note)} belong together: all of them or none",
            'R' when there == 0 => $"One of {Names(segment, note)} is needed",
            'E' when (there & (there - 1)) != 0 => $"Only one of {Names(segment, note)} may stand",
            'C' when first && there != note.Bits => $"{Name(segment, note.Elements[0])} stands without {Names(segment, note, 1)}",
            'L' when first && there == note.First => $"{Name(segment, note.Elements[0])} needs one of {Names(segment, note, 1)}",
            _ => null,
        };
        if (words is not null)
        {
            Tell(segment, loop, ProblemLevel.Syntax, "syntax-note", words, note.Elements[0]);
        }
    }

    private static string Names(Segment segment, SyntaxNote note, int from = 0) => string.Join(", ", note.Elements.Skip(from).Select(e => Name(segment, e)));

    private void CheckPeriod(Segment segment, int element, string loop)
    {
        var value = segment.Bytes(element);
        if (!value.IsEmpty && ElementChecks.JudgePeriod(segment.Bytes(element - 1), value) is { } wrong)
        {
            Tell(segment, loop, ProblemLevel.Syntax, "date", $"{Name(segment, element)} \"{Segment.Text(value)}\" {wrong}", element);
        }
    }

    private void Tell(Segment segment, string loop, ProblemLevel level, string code, string words, int element, int component = 0,
        Severity severity = Severity.Error) =>
        report(Problem.At(segment, level, code, words + ".", element, component, loop, severity));

    private static string Some(IReadOnlyList<string> codes) => codes.Count <= 12 ? string.Join(", ", codes) : string.Join(", ", codes.Take(12)) + " …";

    internal static string Name(Segment segment, int element, int component = 0) => component == 0
        ? string.Create(CultureInfo.InvariantCulture, $"{segment.Id}{element:00}")
        : string.Create(CultureInfo.InvariantCulture, $"{segment.Id}{element:00}-{component}");
}
