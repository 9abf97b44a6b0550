using System.Text;
using System.Text.Encodings.Web;
using Modular.Host.Api;
using Modular.Host.Assets;
using Modular.Host.Frame;
using Modular.Host.Practices;
using Modular.Sdk;

namespace Modular.Host.Gate;

/// <summary>What is shown while a practice or its database is away, made of nothing that is asked of a database.</summary>
public static class UnavailablePage
{
    private const int MaxLetters = 250_000;

    /// <param name="practice">Null for an address of the process.</param>
    /// <param name="sentence">What is the matter, for the person.</param>
    public static async Task WriteAsync(HttpContext http, Practice? practice, string sentence)
    {
        // Before the answer is begun: what was sent may not be read yet.
        var sent = HttpMethods.IsPost(http.Request.Method) && http.Request.HasFormContentType && !http.Request.WantsFragment();
        var form = sent ? await http.Request.ReadFormAsync() : null;
        http.Response.Clear();
        http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        http.Response.Headers.RetryAfter = "5";
        if (ApiAnswers.IsApi(http.Request.Path))
        {
            var problem = ApiProblem.Of(StatusCodes.Status503ServiceUnavailable, sentence).Value;
            await http.Response.WriteAsJsonAsync(problem, options: null, contentType: ApiProblem.ContentType);
        }
        else if (!http.Request.WantsFragment())
        {
            // A page that was only asked for comes back by itself; one that holds what somebody typed waits for them.
            if (form is null)
            {
                http.Response.Headers["Refresh"] = "5";
            }

            http.Response.ContentType = "text/html; charset=utf-8";
            await http.Response.WriteAsync(Page(http, practice, sentence, form));
        }
    }

    private static string Page(HttpContext http, Practice? practice, string sentence, IFormCollection? form)
    {
        var styles = http.RequestServices.GetRequiredService<AssetStore>().ThemeUrl(practice?.Snapshot.Theme ?? Theme.Default, Theme.Styles);
        return $"""
            <!doctype html>
            <html lang="en" data-theme="{FrameSettings.Of(http.Request).Theme}">
            <head>
              <meta charset="utf-8">
              <meta name="viewport" content="width=device-width, initial-scale=1">
              <title>One moment · {Safe(practice?.Name ?? "Modular")}</title>
              <link rel="stylesheet" href="{styles}">
            </head>
            <body>
              <main class="auth" id="main">
                <div class="card"><div class="empty">
                  <h1>One moment</h1>
                  <p>{Safe(sentence)}</p>
                  {Again(http, form)}
                </div></div>
              </main>
            </body>
            </html>
            """;
    }

    /// <summary>The same form once more, unseen. A password is typed anew, and a browser does not let a page hold a file.</summary>
    private static string Again(HttpContext http, IFormCollection? form)
    {
        var here = Safe(http.Request.PathBase + http.Request.Path + http.Request.QueryString);
        var fields = (form ?? FormCollection.Empty).Where(f => !f.Key.Contains("password", StringComparison.OrdinalIgnoreCase))
            .SelectMany(f => f.Value, (f, value) => (Name: f.Key, Value: value ?? "")).ToList();
        if (form is null || fields.Count == 0 || fields.Sum(f => f.Name.Length + f.Value.Length) > MaxLetters)
        {
            return form is null ? $"""<a class="btn primary" href="{here}">Try again</a>""" : "<p>Go back to see what you typed.</p>";
        }

        var again = new StringBuilder($"""<form method="post" action="{here}">""");
        fields.ForEach(f => again.Append($"""<input type="hidden" name="{Safe(f.Name)}" value="{Safe(f.Value)}">"""));
        again.Append(form.Files.Count > 0 ? "<p>Files have to be chosen again: go back for that.</p>" : "");
        return again.Append("""<button class="btn primary" type="submit">Try again</button></form>""").ToString();
    }

    private static string Safe(string text) => HtmlEncoder.Default.Encode(text);
}
