using System.Net;
using System.Text.RegularExpressions;
using AngleSharp;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace Modular.Testing;

/// <summary>A page as a person sees it. The <c>Should</c> members return the page, so that they can be read one after the other.</summary>
/// <example><code>
/// var form = await desk.OpenAsync("/referrals/requests/add");
/// var list = await form.SubmitAsync("main form", ("Title", "Second opinion"));
/// list.ShouldBe(HttpStatusCode.OK).ShouldSay("Second opinion").ShouldHave("tbody tr", count: 1);
/// </code></example>
public sealed partial class TestPage
{
    private readonly TestPerson person;

    private TestPage(TestPerson person, HttpStatusCode status, string path, IHtmlDocument html) => (this.person, Status, Path, Html) = (person, status, path, html);

    /// <summary>422 after a form that was refused, with everything typed still in it.</summary>
    public HttpStatusCode Status { get; }

    /// <summary>Path and query at which the page was found, after redirects.</summary>
    public string Path { get; }

    /// <summary>The document, for whatever the other members do not ask.</summary>
    public IHtmlDocument Html { get; }

    /// <summary>What the page says, with single spaces.</summary>
    public string Text => Words(Html.Body?.TextContent);

    /// <summary>What the first element of the selector says.</summary>
    /// <param name="selector">CSS.</param>
    public string TextOf(string selector) => Words(Find(selector).TextContent);

    /// <summary>Fills a form and sends it as a browser without script would: the fields as they stand, the anti-forgery token, and these values.</summary>
    /// <param name="form">CSS selector of the form, such as <c>main form</c>.</param>
    /// <param name="values">Names of fields, and what is typed into them. A name that comes several times is sent so, as boxes that are ticked. A name the form does not have fails the test.</param>
    /// <returns>The page to which the person is led.</returns>
    public async Task<TestPage> SubmitAsync(string form, params (string Name, string Value)[] values)
    {
        var element = Find(form) as IHtmlFormElement ?? throw new TestFailedException($"{form} is no form.");
        var fields = FormFields.Of(element);
        foreach (var (name, typed) in values.GroupBy(v => v.Name).Select(of => (of.Key, of.Select(v => new KeyValuePair<string, string>(v.Name, v.Value)))))
        {
            if (element.Elements.All(e => e.GetAttribute("name") != name))
            {
                throw new TestFailedException($"The form has no field {name}. It has: {string.Join(", ", element.Elements.Select(e => e.GetAttribute("name")).Where(n => n is not null).Distinct())}.");
            }

            fields.RemoveAll(f => f.Key == name);
            fields.AddRange(typed);
        }

        var target = element.GetAttribute("action") is { Length: > 0 } action ? action : Path;
        return await ReadAsync(person, await person.Http.PostAsync(target, new FormUrlEncodedContent(fields)));
    }

    /// <summary>Presses the first button of these words: its form is sent, to the button's own address when it has one.</summary>
    /// <param name="words">Part of what the button says.</param>
    /// <returns>The page to which the person is led.</returns>
    public async Task<TestPage> PressAsync(string words)
    {
        var button = Html.QuerySelectorAll("form button").OfType<IHtmlButtonElement>().FirstOrDefault(b => Words(b.TextContent).Contains(words, StringComparison.Ordinal))
            ?? throw new TestFailedException($"{Path} has no button \"{words}\" in a form. It says: {Text}");
        var fields = FormFields.Of(button.Form!);
        if (button.GetAttribute("name") is { Length: > 0 } name)
        {
            fields.Add(new(name, button.GetAttribute("value") ?? ""));
        }

        var target = new[] { button.GetAttribute("formaction"), button.Form!.GetAttribute("action"), Path }.First(a => a is { Length: > 0 });
        return await ReadAsync(person, await person.Http.PostAsync(target, new FormUrlEncodedContent(fields)));
    }

    /// <summary>Follows the first link of these words.</summary>
    /// <param name="words">Part of what the link says.</param>
    public Task<TestPage> FollowAsync(string words) =>
        Html.QuerySelectorAll("a[href]").FirstOrDefault(a => Words(a.TextContent).Contains(words, StringComparison.Ordinal)) is { } link
            ? person.OpenAsync(link.GetAttribute("href")!)
            : throw new TestFailedException($"{Path} has no link \"{words}\".");

    /// <summary>The answer's status.</summary>
    /// <param name="status">Expected.</param>
    public TestPage ShouldBe(HttpStatusCode status) => Require(Status == status, $"answered {(int)Status}, not {(int)status}: {Text}");

    /// <summary>The words stand on the page, in one piece.</summary>
    /// <param name="words">As a person reads them.</param>
    public TestPage ShouldSay(string words) => Require(Text.Contains(words, StringComparison.Ordinal), $"does not say \"{words}\". It says: {Text}");

    /// <summary>The words do not stand on the page.</summary>
    /// <param name="words">As a person reads them.</param>
    public TestPage ShouldNotSay(string words) => Require(!Text.Contains(words, StringComparison.Ordinal), $"says \"{words}\".");

    /// <summary>The page has such elements.</summary>
    /// <param name="selector">CSS.</param>
    /// <param name="count">How many exactly; at least one when left out.</param>
    public TestPage ShouldHave(string selector, int? count = null)
    {
        var found = Html.QuerySelectorAll(selector).Length;
        return Require(count is null ? found > 0 : found == count, $"has {found} of {selector}{(count is null ? "" : $", not {count}")}. It says: {Text}");
    }

    /// <summary>The form was refused: status 422, and this is said beside a field or on top.</summary>
    /// <param name="words">Part of the sentence.</param>
    public TestPage ShouldRefuse(string words) => ShouldBe(HttpStatusCode.UnprocessableEntity).ShouldSay(words);

    internal static async Task<TestPage> ReadAsync(TestPerson person, HttpResponseMessage response)
    {
        using (response)
        {
            var html = await response.Content.ReadAsStringAsync();
            var address = response.RequestMessage!.RequestUri!;
            var document = await BrowsingContext.New(Configuration.Default).OpenAsync(r => r.Content(html).Address(address.AbsoluteUri));
            return new(person, response.StatusCode, address.PathAndQuery, (IHtmlDocument)document);
        }
    }

    private IElement Find(string selector) => Html.QuerySelector(selector) ?? throw new TestFailedException($"{Path} has no {selector}. It says: {Text}");

    private TestPage Require(bool met, string otherwise) => met ? this : throw new TestFailedException($"{Path} {otherwise}");

    private static string Words(string? text) => Space().Replace(text ?? "", " ").Trim();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
