using System.ComponentModel;
using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Modular.Host.Callers;
using Modular.Host.Contracts;
using Modular.Host.Installed;
using Modular.Sdk;

namespace Modular.Host.Api;

/// <summary>What a module offers programs, as OpenAPI 3.1: read from the endpoints that answer, so that it cannot say something else.</summary>
public sealed class OpenApiDocument(EndpointDataSource endpoints, Shapes shapes)
{
    private static readonly string[] Always = ["401", "403", "429"];

    public JsonObject Of(LoadedModule module, string address)
    {
        var schemas = new JsonObject { ["Problem"] = Problem() };
        var paths = new JsonObject();
        foreach (var (route, action, needs) in Actions(module))
        {
            var path = "/" + string.Join('/', route.RoutePattern.PathSegments.Select(s => string.Concat(s.Parts.Select(Part))));
            var verbs = paths[path] as JsonObject ?? [];
            paths[path] = verbs;
            verbs[route.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods[0].ToLowerInvariant()] = Operation(action, needs, route, schemas);
        }

        return new()
        {
            ["openapi"] = "3.1.0",
            ["info"] = new JsonObject { ["title"] = module.Manifest.Name, ["version"] = module.Manifest.Version, ["description"] = module.Manifest.Description ?? module.Manifest.Name },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = address }),
            ["paths"] = paths,
            ["components"] = new JsonObject { ["schemas"] = schemas, ["securitySchemes"] = new JsonObject { ["token"] = Security(module, address) } },
        };
    }

    private IEnumerable<(RouteEndpoint Route, ControllerActionDescriptor Action, string Needs)> Actions(LoadedModule module) =>
        from route in endpoints.Endpoints.OfType<RouteEndpoint>()
        where route.Metadata.GetMetadata<ApiMetadata>() is not null && route.Metadata.GetMetadata<IModuleMetadata>()!.ModuleId == module.Id
        orderby route.RoutePattern.RawText
        select (route, route.Metadata.GetRequiredMetadata<ControllerActionDescriptor>(), route.Metadata.GetRequiredMetadata<NeedsAttribute>().Permission);

    private static string Part(Microsoft.AspNetCore.Routing.Patterns.RoutePatternPart part) => part switch
    {
        Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart parameter => $"{{{parameter.Name}}}",
        Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal => literal.Content,
        _ => "",
    };

    private JsonObject Operation(ControllerActionDescriptor action, string needs, RouteEndpoint route, JsonObject schemas)
    {
        var write = !route.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods.Contains("GET");
        var operation = new JsonObject
        {
            ["operationId"] = Names.Kebab($"{action.ControllerName}{action.MethodInfo.Name}"),
            ["summary"] = action.MethodInfo.GetCustomAttribute<DescriptionAttribute>()?.Description,
            ["security"] = new JsonArray(new JsonObject { ["token"] = new JsonArray(needs) }),
        };
        var list = action.MethodInfo.GetCustomAttribute<ListedAttribute>()?.Definition;
        var parameters = new JsonArray([
            .. action.Parameters.Cast<ControllerParameterDescriptor>().SelectMany(p => Parameters(p, route)), .. list is null ? [] : Filters(list),
                .. write ? Headers(action) : []]);
        if (parameters.Count > 0)
        {
            operation["parameters"] = parameters;
        }

        if (action.Parameters.FirstOrDefault(p => p.BindingInfo?.BindingSource == BindingSource.Body) is { } body)
        {
            operation["requestBody"] = new JsonObject { ["required"] = true, ["content"] = Content("application/json", Reference(body.ParameterType, schemas)) };
        }

        operation["responses"] = Responses(action, write, schemas);
        if (list is not null && operation["responses"]!["200"] is null)
        {
            operation["responses"]!["200"] = new JsonObject { ["description"] = "OK", ["content"] = Content("application/json", Rows(list)) };
        }

        return operation;
    }

    private IEnumerable<JsonNode> Parameters(ControllerParameterDescriptor parameter, RouteEndpoint route)
    {
        if (parameter.ParameterType == typeof(CancellationToken) || parameter.BindingInfo?.BindingSource is { } source && (source == BindingSource.Services || source == BindingSource.Body))
        {
            yield break;
        }

        if (typeof(ApiListQuery).IsAssignableFrom(parameter.ParameterType))
        {
            foreach (var property in parameter.ParameterType.GetProperties().Where(p => p.IsDefined(typeof(FromQueryAttribute))))
            {
                yield return Parameter(property.GetCustomAttribute<FromQueryAttribute>()!.Name!, "query", false, property.PropertyType, property.GetCustomAttribute<DescriptionAttribute>()?.Description);
            }

            yield break;
        }

        var inPath = route.RoutePattern.GetParameter(parameter.Name) is not null;
        var type = parameter.ParameterType;
        var needed = inPath || (type.IsValueType && Nullable.GetUnderlyingType(type) is null);
        yield return Parameter(parameter.Name, inPath ? "path" : "query", needed, type, parameter.ParameterInfo.GetCustomAttribute<DescriptionAttribute>()?.Description);
    }

    private JsonObject Parameter(string name, string place, bool required, Type type, string? said)
    {
        var parameter = new JsonObject { ["name"] = name, ["in"] = place, ["required"] = required, ["schema"] = shapes.Of(Nullable.GetUnderlyingType(type) ?? type) };
        if (said is not null)
        {
            parameter["description"] = said;
        }

        return parameter;
    }

    /// <summary>What a declared list may be narrowed by.</summary>
    private IEnumerable<JsonNode> Filters(ListDefinition list)
    {
        if (list.SearchLabel is { } label)
        {
            yield return Parameter("q", "query", false, typeof(string), label);
        }

        foreach (var filter in list.Choices)
        {
            var parameter = Parameter(filter.Name, "query", false, typeof(string), filter.Label);
            parameter["schema"]!["enum"] = new JsonArray([.. filter.Choices.Keys.Where(value => value.Length > 0).Select(value => (JsonNode?)value)]);
            yield return parameter;
        }
    }

    /// <summary>A part of a declared list: a field a column.</summary>
    private static JsonObject Rows(ListDefinition list) => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject
        {
            ["items"] = new JsonObject
            {
                ["type"] = "array",
                ["items"] = new JsonObject
                {
                    ["type"] = "object",
                    ["properties"] = new JsonObject(list.Fields.Select(f =>
                        KeyValuePair.Create(f.Field, (JsonNode?)new JsonObject { ["description"] = f.Label }))
                        .Prepend(new("id", new JsonObject { ["type"] = "string", ["format"] = "uuid" }))),
                },
            },
            ["next"] = new JsonObject
            {
                ["description"] = "Send it as ?cursor= for the next part; null at the end.",
                ["type"] = new JsonArray("string", "null")
            },
        },
    };

    private IEnumerable<JsonNode> Headers(ControllerActionDescriptor action)
    {
        yield return Parameter(IdempotencyFilter.Header, "header", true, typeof(string), "New for each thing to be done, up to 200 letters. Sent twice within a day, it is done once.");
        if (action.MethodInfo.GetCustomAttributes<ProducesResponseTypeAttribute>().Any(a => a.StatusCode == StatusCodes.Status428PreconditionRequired))
        {
            yield return Parameter("If-Match", "header", true, typeof(string), "The ETag of the state that the change is made to.");
        }
    }

    private JsonObject Responses(ControllerActionDescriptor action, bool write, JsonObject schemas)
    {
        var responses = new JsonObject();
        foreach (var answer in action.MethodInfo.GetCustomAttributes<ProducesResponseTypeAttribute>().OrderBy(a => a.StatusCode))
        {
            var told = new JsonObject { ["description"] = Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(answer.StatusCode) };
            if (answer.StatusCode >= 400)
            {
                told["content"] = Content(ApiProblem.ContentType, Refer("Problem"));
            }
            else if (answer.Type is { } type && type != typeof(void))
            {
                told["content"] = Content("application/json", Reference(type, schemas));
            }

            responses[$"{answer.StatusCode}"] = told;
        }

        foreach (var status in Always.Concat(write ? ["400", "422"] : []).Where(s => !responses.ContainsKey(s)))
        {
            responses[status] = new JsonObject { ["description"] = Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(int.Parse(status, System.Globalization.CultureInfo.InvariantCulture)), ["content"] = Content(ApiProblem.ContentType, Refer("Problem")) };
        }

        return responses;
    }

    private JsonObject Reference(Type type, JsonObject schemas)
    {
        var name = type.IsGenericType ? $"{type.Name.Split('`')[0]}Of{type.GetGenericArguments()[0].Name}" : type.DeclaringType is { } outer ? $"{outer.Name}{type.Name}" : type.Name;
        if (!schemas.ContainsKey(name))
        {
            schemas[name] = shapes.Of(type, $"#/components/schemas/{name}");
        }

        return Refer(name);
    }

    private static JsonObject Refer(string name) => new() { ["$ref"] = $"#/components/schemas/{name}" };

    private static JsonObject Content(string type, JsonObject schema) => new() { [type] = new JsonObject { ["schema"] = schema } };

    private static JsonObject Security(LoadedModule module, string address) => new()
    {
        ["type"] = "oauth2",
        ["flows"] = new JsonObject
        {
            ["clientCredentials"] = new JsonObject
            {
                ["tokenUrl"] = $"{address}/connect/token",
                ["scopes"] = new JsonObject(module.Declared.Permissions.Select(p => KeyValuePair.Create(p.Id, (JsonNode?)p.Title))),
            },
        },
    };

    private static JsonObject Problem() => new()
    {
        ["description"] = "Why it was not done (RFC 9457).",
        ["type"] = "object",
        ["properties"] = new JsonObject
        {
            ["title"] = new JsonObject { ["type"] = "string" },
            ["status"] = new JsonObject { ["type"] = "integer" },
            ["detail"] = new JsonObject { ["description"] = "A sentence for whoever runs the program.", ["type"] = "string" },
            ["errors"] = new JsonObject
            {
                ["description"] = "Sentences by field; the empty field is the whole request.",
                ["type"] = "object",
                ["additionalProperties"] = new JsonObject { ["type"] = "array", ["items"] = new JsonObject { ["type"] = "string" } },
            },
        },
        ["required"] = new JsonArray("status", "detail"),
    };
}
