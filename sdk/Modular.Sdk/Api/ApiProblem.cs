using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;

namespace Modular.Sdk;

/// <summary>A refusal as programs read it: <c>application/problem+json</c> (RFC 9457), with sentences by field in <c>errors</c>.</summary>
public static class ApiProblem
{
    public const string ContentType = "application/problem+json";

    /// <param name="sentence">For whoever runs the program, in the words the page would use.</param>
    /// <param name="errors">By field of the request, as it is written in JSON; the empty one is the whole.</param>
    /// <param name="more">Further members by name.</param>
    public static ObjectResult Of(int status, string sentence, IReadOnlyDictionary<string, string[]>? errors = null, IReadOnlyDictionary<string, object?>? more = null)
    {
        var problem = new ProblemDetails { Status = status, Title = ReasonPhrases.GetReasonPhrase(status), Detail = sentence };
        if (errors is not null)
        {
            problem.Extensions["errors"] = errors;
        }

        foreach (var (name, value) in more ?? new Dictionary<string, object?>())
        {
            problem.Extensions[name] = value;
        }

        return new(problem) { StatusCode = status, ContentTypes = { ContentType }, DeclaredType = typeof(ProblemDetails) };
    }

    /// <summary><c>Form.BirthDate</c> and <c>$.birthDate</c> are both <c>birthDate</c> to a program.</summary>
    public static string Field(string name) =>
        string.Join('.', name.Split('.', StringSplitOptions.RemoveEmptyEntries).Where(part => part is not ("$" or "Form")).Select(part => char.ToLowerInvariant(part[0]) + part[1..]));
}
