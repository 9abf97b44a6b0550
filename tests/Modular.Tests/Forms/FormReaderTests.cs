using FsCheck;
using FsCheck.Fluent;
using Modular.Host.Forms;

namespace Modular.Tests.Forms;

/// <summary>What is asked, what is missing, and what cannot be taken, without a database.</summary>
public sealed class FormReaderTests
{
    [Fact]
    public void Answers_are_kept_in_one_form_however_they_are_typed()
    {
        var read = SampleForm.Read(SampleForm.Body(), "en", ("q1", "  Ana\t Vale "), ("q2", "1,50.5"), ("q3", "t-7"), ("q4", "no"),
            ("q8", "back"), ("q8", "head"), ("q9", "7"), ("q10-1-0", "Aspirin"), ("q10-1-1", " 100 mg "));

        Assert.Empty(read.Errors);
        Assert.Equal("Ana Vale", read.Answers["q1"][0][0]);
        Assert.Equal("150.5", read.Answers["q2"][0][0]);
        Assert.Equal("2026-11-23", read.Answers["q3"][0][0]);
        Assert.Equal(["back", "head"], read.Answers["q8"][0]);
        Assert.Equal([["Aspirin", "100 mg"]], read.Answers["q10"]);
        Assert.DoesNotContain("q5", read.Asked);
        Assert.DoesNotContain("q11", read.Answers.Keys);
    }

    [Fact]
    public void A_question_is_asked_when_its_condition_holds_and_so_is_one_that_depends_on_it()
    {
        var body = SampleForm.Body();
        Assert.Equal(["q1", "q2", "q3", "q4", "q8", "q9", "q10", "q11"], SampleForm.Read(body).Asked);

        var smokes = SampleForm.Read(body, "en", ("q1", "A"), ("q4", "yes"), ("q5", "20"), ("q6", "never"));
        Assert.Contains("q7", smokes.Asked);
        Assert.Equal("answer-q7", Assert.Single(smokes.Errors).Field);

        // An answer to what is not asked any more counts for nothing, and neither does what depended on it.
        var stopped = SampleForm.Read(body, "en", ("q1", "A"), ("q4", "no"), ("q5", "20"), ("q6", "never"), ("q7", "x"));
        Assert.Empty(stopped.Errors);
        Assert.Equal(["q1", "q4"], stopped.Answers.Keys);
    }

    [Theory]
    [InlineData("q2", "heavy", "Type a number, such as 98.6.")]
    [InlineData("q2", "901", "Type a number from 1 to 900.")]
    [InlineData("q3", "soon", "Type the date as month, day and year: 5/31/1980.")]
    [InlineData("q4", "perhaps", "Choose one of the answers.")]
    [InlineData("q9", "11", "Choose one of the answers.")]
    [InlineData("q8", "heart", "Choose one of the answers.")]
    [InlineData("q1", "", "Please answer this question.")]
    public void What_cannot_be_taken_is_said_beside_its_question(string key, string typed, string sentence)
    {
        var read = SampleForm.Read(SampleForm.Body(), "en",
            [.. new[] { ("q1", "A"), ("q4", "no") }.Where(t => t.Item1 != key), (key, typed)]);

        var error = Assert.Single(read.Errors);
        Assert.Equal(($"answer-{key}", sentence), (error.Field, error.Sentence));
        Assert.DoesNotContain(key, read.Answers.Keys);
    }

    [Fact]
    public void Whoever_reads_Spanish_is_told_in_Spanish_and_may_type_a_decimal_comma()
    {
        var read = SampleForm.Read(SampleForm.Body(), "es", ("q1", "Ana"), ("q2", "98,6"));

        Assert.Equal("98.6", read.Answers["q2"][0][0]);
        Assert.Equal("Elija una de las respuestas.", Assert.Single(read.Errors).Sentence);
    }

    [Fact]
    public void Longer_texts_than_fit_are_refused_and_not_cut()
    {
        var read = SampleForm.Read(SampleForm.Body(), "en", ("q1", new('a', FormReader.LongestText + 1)), ("q4", "no"), ("q10-0-0", new('b', FormReader.LongestCell + 1)));

        Assert.Equal(["answer-q1", "answer-q10"], read.Errors.Select(e => e.Field));
        Assert.Equal(["q4"], read.Answers.Keys);
    }

    private static readonly string[] Names = [.. SampleForm.Body().Questions.Select(q => q.Key), "q10-0-0", "q10-9-9", "q99"];

    private static readonly string[] Values = ["yes", "no", "never", "often", "head", "7", "-1", "1e9", "\0", "<b>", "", "t", "00", "๓"];

    [Fact]
    public void Whatever_is_sent_only_what_is_asked_and_offered_is_kept() => Prop.ForAll(
        Gen.Choose(0, (Names.Length * Values.Length) - 1).Select(n => (Names[n % Names.Length], Values[n / Names.Length])).ArrayOf().ToArbitrary(),
        sent =>
        {
            var body = SampleForm.Body();
            var read = SampleForm.Read(body, "en", sent);
            return read.Answers.All(a => body.Find(a.Key) is { } question && read.Asked.Contains(a.Key) && FormReader.IsAsked(question, read.Answers)
                    && a.Value.All(line => line.All(cell => !cell.Contains('\0', StringComparison.Ordinal)))
                    && (!question.IsChosen || a.Value[0].All(FormRules.Choices(question, "en").Select(c => c.Key).Contains)))
                && FormScore.Of(body, read.Answers).All(s => s.Points >= 0 && s.Points <= s.Most);
        }).QuickCheckThrowOnFailure();
}
