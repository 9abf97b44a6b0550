using System.Globalization;
using System.Net;
using System.Text.Json;

namespace Modular.Testing;

/// <summary>What the API answered a program. The <c>Should</c> members return it, so that they can be read one after the other.</summary>
public sealed class TestAnswer
{
    private readonly string asked;

    private TestAnswer(string asked, HttpStatusCode status, string text, int? version) => (this.asked, Status, Text, Version) = (asked, status, text, version);

    /// <summary>Such as 201 after a write, 422 with sentences by field, 428 for a change without a version.</summary>
    public HttpStatusCode Status { get; }

    /// <summary>The body as it was sent.</summary>
    public string Text { get; }

    /// <summary>From the <c>ETag</c>; null where the answer is no row.</summary>
    public int? Version { get; }

    /// <summary>The body as JSON.</summary>
    public JsonElement Body => JsonDocument.Parse(Text).RootElement;

    /// <summary>The answer's status.</summary>
    /// <param name="status">Expected.</param>
    public TestAnswer ShouldBe(HttpStatusCode status) =>
        Status == status ? this : throw new TestFailedException($"{asked} answered {(int)Status}, not {(int)status}: {Text}");

    /// <summary>Refused with this status, in a sentence for a person.</summary>
    /// <param name="status">Such as 422, or 409 for a step that cannot be taken.</param>
    /// <param name="words">Part of the sentence.</param>
    public TestAnswer ShouldRefuse(HttpStatusCode status, string words) =>
        ShouldBe(status).Body.GetProperty("detail").GetString()!.Contains(words, StringComparison.Ordinal)
            ? this : throw new TestFailedException($"{asked} does not say \"{words}\". It says: {Text}");

    internal static async Task<TestAnswer> ReadAsync(HttpResponseMessage answer, string asked) => new(
        asked, answer.StatusCode, await answer.Content.ReadAsStringAsync(),
        int.TryParse(answer.Headers.ETag?.Tag.Trim('"'), CultureInfo.InvariantCulture, out var version) ? version : null);
}
