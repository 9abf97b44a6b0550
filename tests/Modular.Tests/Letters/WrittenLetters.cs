using System.Text.Encodings.Web;
using Microsoft.Extensions.DependencyInjection;
using Modular.Host.Letters;
using Modular.Host.Practices;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Letters;

/// <summary>Letters of a host, written with the examples of their fields.</summary>
public static class WrittenLetters
{
    public static LetterKind Letter(this TestHost host, string id) => host.Services.GetRequiredService<LetterBook>().Find(id).Kind;

    public static async Task<string> WriteAsync(this TestHost host, Practice practice, LetterKind kind, string language)
    {
        await using var scope = host.Scope(practice);
        var letter = await scope.ServiceProvider.GetRequiredService<ILetters>().WriteAsync(kind, LetterRecords.Example(kind) with { Language = language });
        using var text = new StringWriter();
        letter.Html.WriteTo(text, HtmlEncoder.Default);
        return text.ToString();
    }
}
