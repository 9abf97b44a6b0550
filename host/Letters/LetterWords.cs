using Modular.Sdk;
using Scriban.Parsing;
using Scriban.Syntax;

namespace Modular.Host.Letters;

/// <summary>
/// Walks through a text that was read: every word must be one that the kind declares, in a place where it means something, and
/// everything else one of the few parts of the language that letters have. What is not named here is refused.
/// </summary>
internal sealed class LetterWords(LetterKind kind, string text) : ScriptVisitor
{
    private const int Most = 20;

    private readonly Stack<(string Row, LetterField List)> loops = new();
    private readonly List<LetterProblem> problems = [];

    public IReadOnlyList<LetterProblem> Problems => problems;

    protected override void DefaultVisit(ScriptNode? node)
    {
        if (node is null or ScriptPage or ScriptBlockStatement or ScriptRawStatement or ScriptElseStatement or ScriptEndStatement
            or ScriptNopStatement or ScriptCaseStatement or ScriptWhenStatement or ScriptNestedExpression or ScriptLiteral
            or ScriptToken or ScriptKeyword or ScriptList)
        {
            base.DefaultVisit(node);
            return;
        }

        Refuse(node, $"“{Source(node)}” is nothing that a letter can have: "
            + "a text puts words in, asks with if, unless and case, and repeats with for.");
    }

    public override void Visit(ScriptEscapeStatement node)
    {
        // Liquid's raw writes what stands in it as it is, with words that nobody looked at.
        if (node.EscapeCount > 0)
        {
            Refuse(node, "{% raw %} cannot be used in a letter.");
        }
    }

    public override void Visit(ScriptExpressionStatement node) => Printed(node.Expression);

    public override void Visit(ScriptIfStatement node)
    {
        Asked(node.Condition);
        Visit(node.Then);
        Visit(node.Else);
    }

    public override void Visit(ScriptVariableGlobal node) => TypeOf(node);

    public override void Visit(ScriptMemberExpression node) => TypeOf(node);

    public override void Visit(ScriptPipeCall node) => TypeOf(node);

    public override void Visit(ScriptUnaryExpression node)
    {
        if (node.Operator == ScriptUnaryOperator.Not)
        {
            Asked(node.Right);
        }
        else
        {
            DefaultVisit(node);
        }
    }

    public override void Visit(ScriptBinaryExpression node)
    {
        switch (node.Operator)
        {
            case ScriptBinaryOperator.And or ScriptBinaryOperator.Or:
                Asked(node.Left);
                Asked(node.Right);
                break;
            case ScriptBinaryOperator.CompareEqual or ScriptBinaryOperator.CompareNotEqual or ScriptBinaryOperator.CompareGreater
                or ScriptBinaryOperator.CompareGreaterOrEqual or ScriptBinaryOperator.CompareLess or ScriptBinaryOperator.CompareLessOrEqual
                or ScriptBinaryOperator.LiquidContains:
                Compared(node, TypeOf(node.Left), TypeOf(node.Right));
                break;
            default:
                DefaultVisit(node);
                break;
        }
    }

    public override void Visit(ScriptForStatement node)
    {
        var list = Path(node.Iterator) is { } path ? Find(path) : null;
        if (list?.Type != LetterFieldType.List || Path(node.Variable) is not { } row)
        {
            Refuse(node.Iterator ?? (ScriptNode)node, $"“{Source(node.Iterator)}” is no list of this letter. {Lists()}");
            return;
        }

        if (node.NamedArguments is { Count: > 0 } narrowed)
        {
            Refuse(narrowed[0], $"“{Source(narrowed[0])}” cannot be used: a letter repeats whole lists.");
        }

        if (row.Contains('.', StringComparison.Ordinal) || Find(row) is not null || Group(row))
        {
            Refuse(node.Variable!, $"“{Source(node.Variable)}” is a word of this letter already; call a row of {list.Name} otherwise.");
            return;
        }

        loops.Push((row, list));
        Visit(node.Body);
        loops.Pop();
        Visit(node.Else);
    }

    private void Printed(ScriptExpression? node)
    {
        if (node is ScriptMemberExpression or ScriptVariableGlobal or ScriptPipeCall or ScriptLiteral)
        {
            var type = TypeOf(node);
            if (type is LetterFieldType.List)
            {
                Refuse(node, $"“{Source(node)}” is a list: repeat it with {{% for row in {Source(node)} %}}.");
            }
        }
        else
        {
            DefaultVisit(node);
        }
    }

    private void Asked(ScriptExpression? node)
    {
        if (node is ScriptNestedExpression nested)
        {
            Asked(nested.Expression);
        }
        else if (node is ScriptBinaryExpression or ScriptUnaryExpression)
        {
            Visit(node);
        }
        else
        {
            TypeOf(node);
        }
    }

    /// <summary>What an expression gives; null when it was refused.</summary>
    private LetterFieldType? TypeOf(ScriptExpression? node)
    {
        switch (node)
        {
            case ScriptNestedExpression nested:
                return TypeOf(nested.Expression);
            case ScriptLiteral { Value: string }:
                return LetterFieldType.Text;
            case ScriptLiteral { Value: bool }:
                return LetterFieldType.YesNo;
            case ScriptLiteral { Value: int or long or decimal }:
                return LetterFieldType.Number;
            case ScriptLiteral:
                Refuse(node, $"“{Source(node)}” is no number that a letter can have.");
                return null;
            case ScriptPipeCall pipe:
                return Filtered(pipe);
            case ScriptMemberExpression or ScriptVariableGlobal when Path(node) is { } path:
                if (Find(path) is { } field)
                {
                    return field.Type;
                }

                Refuse(node, Group(path)
                    ? $"“{path}” stands for several words: say which, such as {Example(path)}."
                    : $"“{Source(node)}” is no word of this letter.");
                return null;
            default:
                DefaultVisit(node);
                return null;
        }
    }

    private LetterFieldType? Filtered(ScriptPipeCall pipe)
    {
        // "a | b | c" is read as a | (b | c).
        List<ScriptExpression?> chain = [pipe];
        while (chain[^1] is ScriptPipeCall { From: { } from } rest)
        {
            chain[^1] = from;
            chain.Add(rest.To);
        }

        var type = TypeOf(chain[0]);
        for (var i = 1; i < chain.Count && type is { } given; i++)
        {
            type = Filtered(given, chain[i]);
        }

        return type;
    }

    private LetterFieldType? Filtered(LetterFieldType given, ScriptExpression? by)
    {
        var (target, arguments) = by is ScriptFunctionCall call ? (call.Target, call.Arguments.ToList()) : (by, []);
        if (by is null || Path(target) is not { } name || !LetterFilters.All.TryGetValue(name, out var filter))
        {
            Refuse(by, $"“{Source(target)}” cannot stand behind |. There are {string.Join(", ", LetterFilters.All.Keys)}.");
            return null;
        }

        if (!filter.Takes.Contains(given))
        {
            var takes = string.Join(" or ", filter.Takes.Select(LetterFilters.Word));
            Refuse(by, $"{name} is for {takes}, and stands behind {LetterFilters.Word(given)}.");
            return null;
        }

        var option = arguments is [ScriptLiteral { Value: string said }] ? said : null;
        var wrong = filter.Option switch
        {
            null => arguments.Count > 0 ? $"Nothing stands behind {name}." : null,
            [] => option is null ? $"Behind {name} stands a text in quotes: {name}: \"none\"." : null,
            var known => arguments.Count == 0 || known.Contains(option ?? "") ? null
                : $"Behind {name} stands one of {string.Join(", ", known.Select(k => $"\"{k}\""))}.",
        };
        if (wrong is not null)
        {
            Refuse(by, wrong);
        }

        return name == "default" ? given : LetterFieldType.Text;
    }

    private void Compared(ScriptBinaryExpression node, LetterFieldType? left, LetterFieldType? right)
    {
        if (left is { } l && right is { } r && l != r)
        {
            var (one, other) = (LetterFilters.Word(l), LetterFilters.Word(r));
            Refuse(node, $"“{Source(node.Left)}” is {one} and “{Source(node.Right)}” is {other}: they cannot be compared.");
        }
    }

    private LetterField? Find(string path)
    {
        foreach (var (row, list) in loops)
        {
            if (path.StartsWith(row + ".", StringComparison.Ordinal))
            {
                return list.Fields.FirstOrDefault(f => f.Name == path[(row.Length + 1)..]);
            }
        }

        // The parser calls Liquid's forloop "for".
        return loops.Count > 0 && path is "for.first" or "for.last" ? new(path, path, LetterFieldType.YesNo, true)
            : kind.Fields.FirstOrDefault(f => f.Name == path)
            ?? (kind.Fields.Any(f => f.Type == LetterFieldType.List && path == f.Name + ".size")
                ? new(path, path, LetterFieldType.Number, 1m) : null);
    }

    private bool Group(string path) => Inside(path).Any();

    private string Example(string path) => Inside(path).First();

    private IEnumerable<string> Inside(string path) => loops.Where(l => l.Row == path).SelectMany(l => l.List.Fields.Select(f => $"{path}.{f.Name}"))
        .Concat(kind.Fields.Select(f => f.Name).Where(n => n.StartsWith(path + ".", StringComparison.Ordinal)));

    private string Lists() => kind.Fields.Where(f => f.Type == LetterFieldType.List).Select(f => f.Name).ToList() is { Count: > 0 } lists
        ? $"There are {string.Join(", ", lists)}." : "It has none.";

    private static string? Path(ScriptNode? node) => node switch
    {
        ScriptVariableGlobal word => word.BaseName,
        ScriptMemberExpression { Member: ScriptVariableGlobal member } within when Path(within.Target) is { } of => $"{of}.{member.BaseName}",
        _ => null,
    };

    private string Source(ScriptNode? node)
    {
        if (node is null)
        {
            return "";
        }

        var (from, to) = (Math.Clamp(node.Span.Start.Offset, 0, text.Length), Math.Clamp(node.Span.End.Offset + 1, 0, text.Length));
        var said = from < to ? text[from..to].Trim() : "";
        return said.Length > 40 ? said[..40] + "…" : said;
    }

    private void Refuse(ScriptNode? node, string sentence)
    {
        if (problems.Count < Most)
        {
            var at = node?.Span.Start ?? default;
            problems.Add(new(at.Line + 1, at.Column + 1, sentence));
        }
    }
}
