package org.unblend.plot;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXParseException;
import org.xml.sax.helpers.DefaultHandler;

/** Reads a figure with the XML parser of the JDK, which fails at anything malformed. */
final class Xml {

    private Xml() {}

    static Element parse(String svg) {
        try {
            DocumentBuilder builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
            builder.setErrorHandler(new DefaultHandler() {
                @Override
                public void error(SAXParseException e) throws SAXParseException {
                    throw e;
                }
            });
            Document document = builder.parse(new InputSource(new StringReader(svg)));
            return document.getDocumentElement();
        } catch (Exception e) {
            throw new AssertionError("not well-formed: " + e.getMessage(), e);
        }
    }

    static List<Element> all(Element root, String tag) {
        NodeList nodes = root.getElementsByTagName(tag);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }

    /** Elements with a class of this name. */
    static List<Element> styled(Element root, String tag, String style) {
        return all(root, tag).stream()
                .filter(e -> List.of(e.getAttribute("class").split(" ")).contains(style))
                .toList();
    }

    static List<String> texts(Element root) {
        return all(root, "text").stream().map(Element::getTextContent).toList();
    }

    /** All numbers of an attribute, after its commands are taken away. */
    static double[] numbers(String attribute) {
        return java.util.regex.Pattern.compile("-?[0-9]+(\\.[0-9]{1,2})?")
                .matcher(attribute)
                .results()
                .mapToDouble(m -> Double.parseDouble(m.group()))
                .toArray();
    }
}
