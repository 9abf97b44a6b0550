using System.Collections.Concurrent;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace Modular.Host.Contracts;

/// <summary>What the source says of a type and its fields, from the documentation file that the build puts beside the assembly.</summary>
public sealed partial class XmlWords
{
    private readonly ConcurrentDictionary<Assembly, Dictionary<string, XElement>> files = new();

    public string? Of(Type type) => Text(Member(type, $"T:{Name(type)}")?.Element("summary"));

    /// <summary>Of a property, or of the record's parameter that made it.</summary>
    public string? Of(PropertyInfo property)
    {
        var type = property.DeclaringType!;
        return Text(Member(type, $"P:{Name(type)}.{property.Name}")?.Element("summary"))
            ?? Text(Member(type, $"T:{Name(type)}")?.Elements("param").FirstOrDefault(p => p.Attribute("name")?.Value == property.Name));
    }

    private XElement? Member(Type type, string name) => files.GetOrAdd(type.Assembly, Read).GetValueOrDefault(name);

    private static Dictionary<string, XElement> Read(Assembly assembly)
    {
        var file = Path.ChangeExtension(assembly.Location, ".xml");
        try
        {
            return File.Exists(file)
                ? XDocument.Load(file).Descendants("member").Where(m => m.Attribute("name") is not null).DistinctBy(m => m.Attribute("name")!.Value).ToDictionary(m => m.Attribute("name")!.Value)
                : [];
        }
        catch (XmlException)
        {
            // Somebody else's file: the page goes without its words.
            return [];
        }
    }

    private static string Name(Type type) => (type.IsGenericType ? type.GetGenericTypeDefinition() : type).FullName!.Replace('+', '.');

    private static string? Text(XElement? element)
    {
        if (element is null)
        {
            return null;
        }

        var text = string.Concat(element.Nodes().Select(node => node switch
        {
            XElement { Name.LocalName: "see" or "seealso" } see => (see.Attribute("cref")?.Value ?? see.Attribute("langword")?.Value ?? "").Split('.', ':').Last(),
            XElement { Name.LocalName: "paramref" } parameter => parameter.Attribute("name")?.Value,
            XElement other => other.Value,
            XText plain => plain.Value,
            _ => "",
        }));
        return Space().Replace(text, " ").Trim() is { Length: > 0 } said ? said : null;
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
