using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Modular.Host.Contracts;

/// <summary>The JSON Schema of what programs send and get, with the words of the source. Messages and the API are described by this one way.</summary>
public sealed class Shapes(XmlWords words)
{
    // As the bus and the API write: camel case; numbers as numbers; a record's parameter without a default is always there.
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.Strict,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    /// <param name="root">Where the schema will stand: its own references begin there.</param>
    public JsonObject Of(Type type, string root = "#")
    {
        var schema = Json.GetJsonSchemaAsNode(type, new()
        {
            TreatNullObliviousAsNonNullable = true,
            TransformSchemaNode = (context, node) => Describe(context, node, root),
        });
        return schema as JsonObject ?? [];
    }

    private JsonNode Describe(JsonSchemaExporterContext context, JsonNode node, string root)
    {
        if (node is not JsonObject shape)
        {
            return node;
        }

        if (shape["$ref"]?.GetValue<string>() is { } reference && reference.StartsWith('#') && !reference.StartsWith(root, StringComparison.Ordinal))
        {
            shape["$ref"] = root + reference[1..];
        }

        if (context.TypeInfo.Kind == JsonTypeInfoKind.Object)
        {
            Require(context.TypeInfo, shape);
        }

        var said = context.PropertyInfo is { } property ? Said(property) : context.BaseTypeInfo is null ? words.Of(context.TypeInfo.Type) : null;
        if (said is not null)
        {
            // First, as a reader looks for it there.
            shape.Insert(0, "description", said);
        }

        return shape;
    }

    private string? Said(JsonPropertyInfo property) =>
        (property.AttributeProvider?.GetCustomAttributes(typeof(DescriptionAttribute), true).FirstOrDefault() as DescriptionAttribute)?.Description
        ?? (property.AttributeProvider is PropertyInfo source ? words.Of(source) : null);

    /// <summary>What the action refuses to go without, which its type leaves open so that the refusal is a sentence.</summary>
    private static void Require(JsonTypeInfo type, JsonObject shape)
    {
        var needed = type.Properties.Where(p => p.AttributeProvider?.IsDefined(typeof(RequiredAttribute), true) == true).Select(p => p.Name).ToList();
        if (needed.Count > 0)
        {
            var before = shape["required"] is JsonArray there ? there.Select(n => n!.GetValue<string>()).ToList() : [];
            shape["required"] = new JsonArray([.. before.Union(needed).Select(n => (JsonNode)n)]);
        }
    }
}
