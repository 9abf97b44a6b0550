using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using Scriban;
using Scriban.Parsing;
using Scriban.Runtime;
using Scriban.Syntax;

namespace Modular.Host.Letters;

/// <summary>What one letter may cost. Each limit ends in a sentence and no letter; none cuts.</summary>
public sealed record LetterLimits
{
    /// <summary>Steps of the text: the same on a fast and on a slow machine, and so reached before the time in all but a jam.</summary>
    public int Steps { get; init; } = 100_000;

    /// <summary>Characters of the letter.</summary>
    public int Length { get; init; } = 300_000;

    public TimeSpan Time { get; init; } = TimeSpan.FromSeconds(2);
}

/// <param name="Html">Null when there is a fault.</param>
internal sealed record LetterOutcome(string? Html, LetterProblem? Fault);

/// <summary>Puts values into a text that was read. Every value is encoded; only what the text itself says as HTML is HTML.</summary>
internal static partial class LetterWriter
{
    private const string RepeatsTooMuch = "The letter repeats too much.";

    /// <returns>The letter, or why there is none.</returns>
    public static (string? Html, string? Problem) Write(
        LetterTemplate template, ScriptObject values, string language, LetterLimits limits, TimeProvider clock, CancellationToken ct)
    {
        if (template.Parsed is not { } parsed)
        {
            return (null, template.Problems[0].ToString());
        }

        var outcome = Render(parsed, values, CultureInfo.GetCultureInfo(language + "-US"), limits, clock, ct);
        if (outcome.Html is null)
        {
            return (null, outcome.Fault!.ToString());
        }

        // What was saved is clean; what comes into the database on another way, or out of pieces, is not printed half.
        var (html, removed) = LetterHtml.Clean(outcome.Html);
        return removed.Count > 0 ? (null, removed[0].Sentence)
            : string.IsNullOrWhiteSpace(WebUtility.HtmlDecode(Tags().Replace(html, ""))) ? (null, "With these values nothing stands in it.")
            : (html, null);
    }

    internal static LetterOutcome Render(
        Template template, ScriptObject values, CultureInfo culture, LetterLimits limits, TimeProvider clock, CancellationToken ct)
    {
        using var late = new CancellationTokenSource(limits.Time, clock);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(late.Token, ct);
        var context = new Context(limits.Steps) { CancellationToken = stop.Token };
        var output = new Output(context, limits.Length);
        context.PushCulture(culture);
        context.PushOutput(output);
        context.PushGlobal(values);
        try
        {
            template.Render(context);
            return new(output.ToString(), null);
        }
        catch (Exception e) when ((e is ScriptAbortException or OperationCanceledException) && !ct.IsCancellationRequested)
        {
            return new(null, At(context.CurrentSpan, "The letter takes too long to write."));
        }
        catch (ScriptRuntimeException e) when (e is not ScriptAbortException)
        {
            return new(null, At(e.Span, Plain(e)));
        }
        catch (InsufficientExecutionStackException)
        {
            return new(null, At(context.CurrentSpan, "The text is nested too deeply."));
        }
    }

    private static string Plain(ScriptRuntimeException e) =>
        e.OriginalMessage.StartsWith("Exceeding number of iteration limit", StringComparison.Ordinal) ? RepeatsTooMuch
        // What lies beneath speaks of types of the program.
        : e.InnerException is not null ? "This cannot be written with these values."
        : e.OriginalMessage.ReplaceLineEndings(" ");

    private static LetterProblem At(SourceSpan span, string sentence) =>
        new(Math.Max(span.Start.Line, 0) + 1, Math.Max(span.Start.Column, 0) + 1, sentence);

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tags();

    /// <summary>The language as letters know it: our functions, no members of objects, nothing that is loaded or evaluated.</summary>
    private sealed class Context : TemplateContext
    {
        // Everything but what HTML uses itself: a name stays readable in the page's source, in whatever script it is.
        private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);
        private readonly int most;
        private int steps;

        public Context(int steps) : base(LetterFilters.Functions)
        {
            most = steps;
            LoopLimit = 20_000;
            RecursiveLimit = 20;
            ObjectRecursionLimit = 5;
            // These two cut in silence unless told to fault; the length that counts is the output's.
            (LimitToString, OnStringLimit) = (100_000, ScriptLimitBehavior.Throw);
            RegexTimeOut = TimeSpan.FromMilliseconds(50);
            StrictVariables = true;
            MemberFilter = _ => false;
            Language = ScriptLang.Liquid;
        }

        public override object? Evaluate(ScriptNode? scriptNode, bool aliasReturnedFunction)
        {
            System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
            if (++steps > most)
            {
                throw new ScriptRuntimeException(CurrentSpan, RepeatsTooMuch);
            }

            return base.Evaluate(scriptNode, aliasReturnedFunction);
        }

        public override TemplateContext Write(SourceSpan span, object? textAsObject) => Write(Encoder.Encode(ObjectToString(textAsObject)));

        public override string ObjectToString(object? value, bool nested = false) =>
            LetterFilters.Words(this, value) ?? base.ObjectToString(value, nested) ?? "";
    }

    private sealed class Output(TemplateContext context, int most) : IScriptOutput
    {
        private readonly StringBuilder text = new();

        public void Write(string text, int offset, int count)
        {
            if (this.text.Length + count > most)
            {
                throw new ScriptRuntimeException(context.CurrentSpan, "The letter grows too long.");
            }

            this.text.Append(text, offset, count);
        }

        public ValueTask WriteAsync(string text, int offset, int count, CancellationToken cancellationToken)
        {
            Write(text, offset, count);
            return default;
        }

        public override string ToString() => text.ToString();
    }
}
