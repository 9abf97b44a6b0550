using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Modular.Host.Letters;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Letters;

/// <summary>The texts that the modules bring: each is right, clean, whole, and says the same in every language.</summary>
public sealed partial class StandardTextTests(SharedHost shared)
{
    public static TheoryData<string> Kinds =>
    [
        "core.letter-foot", "core.letterhead", "patients.records-letter", "referrals.referral-letter", "scheduling.appointment-card",
        "scheduling.no-show-letter", "scheduling.recall-letter", "scheduling.work-note",
    ];

    private LetterBook Book => shared.Host.Services.GetRequiredService<LetterBook>();

    [Fact]
    public void Every_letter_of_the_modules_is_looked_at_here() => Assert.Equal(Kinds.Select(k => k.Data).Order(), Book.All.Select(x => x.Letter.Kind.Id).Order());

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_standard_text_has_no_problem_and_nothing_to_clean(string id)
    {
        var kind = Book.Find(id).Kind;
        Assert.Equal(PatientTexts.Languages, kind.Languages);
        foreach (var text in kind.Languages.Select(l => Book.Standard(kind, l)))
        {
            var check = LetterTexts.Check(kind, text);

            Assert.Empty(check.Problems);
            Assert.Empty(check.Removed);
            Assert.Equal(kind.Fields.Select(f => f.Name).Order(), Words(text, kind));
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void It_is_written_with_everything_and_with_only_what_it_needs(string id)
    {
        var kind = Book.Find(id).Kind;
        var all = Desk.Examples(kind);
        foreach (var values in new[] { all, all.Where(v => !kind.Fields.First(f => f.Name == v.Key).MayBeEmpty).ToDictionary() })
        {
            foreach (var language in kind.Languages)
            {
                var plain = LetterValues.Of(kind, values, out var empty);
                var (html, problem) = LetterWriter.Write(LetterTemplate.Read(kind, Book.Standard(kind, language)), plain, language, new(), TimeProvider.System, default);

                Assert.Null(empty);
                Assert.Null(problem);
                Assert.DoesNotContain("{", html, StringComparison.Ordinal);
                Assert.DoesNotMatch(@"<(p|dd|dt|b|small)>\s*</|, ?<| ,|\(\)", html);
            }
        }
    }

    private static IOrderedEnumerable<string> Words(string text, LetterKind kind) =>
        Word().Matches(Quoted().Replace(text, "")).Select(m => m.Value).Where(w => kind.Fields.Any(f => f.Name == w)).Distinct().Order(StringComparer.Ordinal);

    [GeneratedRegex(@"(?<=\{[\{%][^}]*)\b[a-z_]+(\.[a-z_]+)?\b(?=[^{]*\})")]
    private static partial Regex Word();

    [GeneratedRegex("\"[^\"]*\"")]
    private static partial Regex Quoted();
}
